import type { Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import { defaultBias, defaultWeight } from '../../init/kaiming.ts';
import { conv2d } from '../../kernels/conv2d.ts';
import { ambientGenerator } from '../../random/ambient-generator.ts';
import type { Generator } from '../../random/generator.ts';
import { type ImageWindow, windowFormula, windowOutput, windowOver } from '../../shape/image-window.ts';
import { type Pair, type PairOption, toPair } from '../../shape/pair.ts';
import { positiveInteger } from '../../shape/positive-integer.ts';
import { checkGroups } from '../check-groups.ts';
import { Layer } from '../layer.ts';
import type { LayerDescription } from '../layer-description.ts';
import { Parameter } from '../parameter.ts';
import { imageShape } from './image-shape.ts';

/** Options of `Conv2d`, with PyTorch's names and defaults. */
export interface Conv2dOptions {
  /** Default 1. */
  readonly stride?: PairOption;
  /** Zeros around the image; `same` keeps its size (stride 1 only), `valid` is 0. Default 0. */
  readonly padding?: PairOption | 'same' | 'valid';
  /** Distance between the entries of the kernel. Default 1. */
  readonly dilation?: PairOption;
  /** Blocks of channels that do not see each other. Default 1. */
  readonly groups?: number;
  /** Add a learned bias. Default true. */
  readonly bias?: boolean;
  /** Draws the initial values. Default: the ambient generator. */
  readonly generator?: Generator;
}

/**
 * Convolution of images: `[N, C, H, W]` to `[N, outChannels, floor((H + 2p − d·(k−1) − 1)/s + 1), ...]`.
 * `weight` is `[out, in/groups, kH, kW]`, drawn before `bias` `[out]`, both uniform within `±1/sqrt(in/groups·kH·kW)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
 */
export class Conv2d extends Layer {
  /** Channels of the input, its last axis in memory. */
  readonly inChannels: number;
  /** Channels of the output, one a filter. */
  readonly outChannels: number;
  /** Height and width of the kernel in pixels. */
  readonly kernelSize: Pair;
  /** Pixels of the input from one output pixel to the next. */
  readonly stride: Pair;
  /** Pixels from one element of the kernel to the next. */
  readonly dilation: Pair;
  /** Zeros above and to the left of the image. */
  readonly paddingBegin: Pair;
  /** Zeros below and to the right; one more than `paddingBegin` where `'same'` does not come out even. */
  readonly paddingEnd: Pair;
  /** Parts into which the channels are split, each with filters of its own. */
  readonly groups: number;
  /** Filters, `[outChannels, inChannels / groups, height, width]` in the state dict, HWIO in memory. */
  readonly weight: Parameter;
  /** Added to each channel of the output, `[outChannels]`; null where the layer has none. */
  readonly bias: Parameter | null;

  /** @throws CnnError `invalid-argument` naming the argument that is no legal value. */
  constructor(inChannels: number, outChannels: number, kernelSize: PairOption, options: Conv2dOptions = {}) {
    super();
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
    const generator = options.generator ?? ambientGenerator();
    this.inChannels = positiveInteger(inChannels, 'Conv2d.inChannels');
    this.outChannels = positiveInteger(outChannels, 'Conv2d.outChannels');
    this.kernelSize = toPair(kernelSize, 'Conv2d.kernelSize');
    this.stride = toPair(stride, 'Conv2d.stride');
    this.dilation = toPair(dilation, 'Conv2d.dilation');
    this.groups = checkGroups('Conv2d', groups, inChannels, outChannels);
    [this.paddingBegin, this.paddingEnd] = this.#resolvePadding(padding);
    const shape = [outChannels, inChannels / groups, ...this.kernelSize];
    this.weight = new Parameter(defaultWeight(shape, generator), shape, 'HWIO');
    this.bias = bias ? new Parameter(defaultBias(outChannels, shape, generator), [outChannels]) : null;
  }

  override get kind(): string {
    return 'Conv2d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    const [n] = imageShape(this.kind, inputShape, this.inChannels);
    return [n, this.outChannels, ...windowOutput(this.kind, this.#window(inputShape))];
  }

  override describe(inputShape: readonly number[]): LayerDescription {
    const description = super.describe(inputShape);
    const outputs = description.outputShape.reduce((product, side) => product * side, 1);
    return {
      ...description,
      multiplyAdds: (outputs * this.inChannels * this.kernelSize[0] * this.kernelSize[1]) / this.groups,
      window: this,
      formula: windowFormula(this.#window(inputShape)),
    };
  }

  protected override compute(input: Tensor): Tensor {
    const [height, width] = windowOver(this, input.shape[1]!, input.shape[2]!);
    return conv2d(input, this.weight.variable, {
      bias: this.bias?.variable,
      height,
      width,
      groups: this.groups,
    });
  }

  #window([, , h, w]: readonly number[]): ImageWindow {
    return windowOver(this, h!, w!);
  }

  #resolvePadding(padding: NonNullable<Conv2dOptions['padding']>): [begin: Pair, end: Pair] {
    if (padding === 'valid')
      return [
        [0, 0],
        [0, 0],
      ];
    if (padding !== 'same') {
      const sides = toPair(padding, 'Conv2d.padding', { minimum: 0 });
      return [sides, sides];
    }
    if (this.stride[0] !== 1 || this.stride[1] !== 1) {
      throw new CnnError('invalid-argument', {
        where: 'Conv2d.padding',
        expected: "a number or a pair with a stride above 1 ('same' is defined for stride 1 only)",
        received: `'same' with stride [${this.stride.join(', ')}]`,
        remedy: `Pass padding: [${this.#totalSame(0) >> 1}, ${this.#totalSame(1) >> 1}]`,
      });
    }
    // An odd total leaves one more pixel behind the image than before it, as in PyTorch.
    const begin: Pair = [this.#totalSame(0) >> 1, this.#totalSame(1) >> 1];
    return [begin, [this.#totalSame(0) - begin[0], this.#totalSame(1) - begin[1]]];
  }

  #totalSame(side: 0 | 1): number {
    return this.dilation[side] * (this.kernelSize[side] - 1);
  }
}
