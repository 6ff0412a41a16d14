import type { Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import { defaultBias, defaultWeight } from '../../init/kaiming.ts';
import { convTranspose2d } from '../../kernels/conv-transpose2d.ts';
import { ambientGenerator } from '../../random/ambient-generator.ts';
import type { Generator } from '../../random/generator.ts';
import { type ImageWindow, windowOver } from '../../shape/image-window.ts';
import { type Pair, type PairOption, toPair } from '../../shape/pair.ts';
import { positiveInteger } from '../../shape/positive-integer.ts';
import { type TransposedAxis, transposedOutputFormula, transposedOutputSize } from '../../shape/transposed-axis.ts';
import { checkGroups } from '../check-groups.ts';
import { Layer } from '../layer.ts';
import type { LayerDescription } from '../layer-description.ts';
import { Parameter } from '../parameter.ts';
import { imageShape } from './image-shape.ts';

/** Options of `ConvTranspose2d`, with PyTorch's names and defaults. */
export interface ConvTranspose2dOptions {
  /** Distance between the kernel's places in the output. Default 1. */
  readonly stride?: PairOption;
  /** Pixels cut off around the output. Default 0. */
  readonly padding?: PairOption;
  /** Pixels added behind the output, fewer than the stride. Default 0. */
  readonly outputPadding?: PairOption;
  /** Blocks of channels that do not see each other. Default 1. */
  readonly groups?: number;
  /** Add a learned bias. Default true. */
  readonly bias?: boolean;
  /** Distance between the entries of the kernel. Default 1. */
  readonly dilation?: PairOption;
  /** Draws the initial values. Default: the ambient generator. */
  readonly generator?: Generator;
}

/**
 * Transposed convolution: `[N, C, H, W]` to `[N, outChannels, (H−1)·s − 2p + d·(k−1) + outputPadding + 1, ...]`.
 * `weight` is `[in, out/groups, kH, kW]`, drawn before `bias` `[out]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html
 */
export class ConvTranspose2d extends Layer {
  /** Channels of the input, its last axis in memory. */
  readonly inChannels: number;
  /** Channels of the output. */
  readonly outChannels: number;
  /** Height and width of the kernel in pixels. */
  readonly kernelSize: Pair;
  /** Pixels of the output from one input pixel to the next. */
  readonly stride: Pair;
  /** Pixels that are cut from each border of the output. */
  readonly padding: Pair;
  /** Pixels that the output is larger at its bottom and right. */
  readonly outputPadding: Pair;
  /** Pixels from one element of the kernel to the next. */
  readonly dilation: Pair;
  /** Parts into which the channels are split, each with kernels of its own. */
  readonly groups: number;
  /** Kernel, `[inChannels, outChannels / groups, height, width]` in the state dict. */
  readonly weight: Parameter;
  /** Added to each channel of the output, `[outChannels]`; null where the layer has none. */
  readonly bias: Parameter | null;

  /** @throws CnnError `invalid-argument` naming the argument that is no legal value. */
  constructor(inChannels: number, outChannels: number, kernelSize: PairOption, options: ConvTranspose2dOptions = {}) {
    super();
    const { stride = 1, padding = 0, outputPadding = 0, groups = 1, bias = true, dilation = 1 } = options;
    const generator = options.generator ?? ambientGenerator();
    this.inChannels = positiveInteger(inChannels, 'ConvTranspose2d.inChannels');
    this.outChannels = positiveInteger(outChannels, 'ConvTranspose2d.outChannels');
    this.kernelSize = toPair(kernelSize, 'ConvTranspose2d.kernelSize');
    this.stride = toPair(stride, 'ConvTranspose2d.stride');
    this.padding = toPair(padding, 'ConvTranspose2d.padding', { minimum: 0 });
    this.outputPadding = checkOutputPadding(outputPadding, this.stride);
    this.dilation = toPair(dilation, 'ConvTranspose2d.dilation');
    this.groups = checkGroups('ConvTranspose2d', groups, inChannels, outChannels);
    const shape = [inChannels, outChannels / groups, ...this.kernelSize];
    this.weight = new Parameter(defaultWeight(shape, generator), shape, 'HWIO');
    this.bias = bias ? new Parameter(defaultBias(outChannels, shape, generator), [outChannels]) : null;
  }

  override get kind(): string {
    return 'ConvTranspose2d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    const [n, , h, w] = imageShape(this.kind, inputShape, this.inChannels);
    const [height, width] = [transposedOutputSize(this.#axis(0, h)), transposedOutputSize(this.#axis(1, w))];
    if (height >= 1 && width >= 1) return [n, this.outChannels, height, width];
    const side = height < 1 ? 0 : 1;
    throw new CnnError('invalid-shape', {
      where: this.kind,
      expected: `an output ${side === 0 ? 'height' : 'width'} of at least 1`,
      received: transposedOutputFormula(this.#axis(side, side === 0 ? h : w)),
      remedy: 'Use less padding or a larger input',
    });
  }

  override describe(inputShape: readonly number[]): LayerDescription {
    const [, , h, w] = inputShape;
    const [height, width] = [this.#axis(0, h!), this.#axis(1, w!)].map(transposedOutputFormula);
    const inputs = inputShape.reduce((product, side) => product * side, 1);
    const taps = (this.kernelSize[0] * this.kernelSize[1] * this.outChannels) / this.groups;
    const formula = height === width ? height! : `${height}; ${width}`;
    return { ...super.describe(inputShape), multiplyAdds: inputs * taps, formula };
  }

  protected override compute(input: Tensor): Tensor {
    const [height, width] = this.#outputWindow(input.shape[1]!, input.shape[2]!);
    const { variable } = this.weight;
    return convTranspose2d(input, variable, { bias: this.bias?.variable, height, width, groups: this.groups });
  }

  /**
   * The window of the convolution whose gradient this is. Its size rounded down is the input's for each output padding
   * below the stride.
   */
  #outputWindow(h: number, w: number): ImageWindow {
    const { kernelSize, stride, dilation, padding } = this;
    const spec = { kernelSize, stride, dilation, paddingBegin: padding, paddingEnd: padding };
    return windowOver(spec, transposedOutputSize(this.#axis(0, h)), transposedOutputSize(this.#axis(1, w)));
  }

  #axis(side: 0 | 1, inputSize: number): TransposedAxis {
    return {
      inputSize,
      kernelSize: this.kernelSize[side],
      stride: this.stride[side],
      padding: this.padding[side],
      dilation: this.dilation[side],
      outputPadding: this.outputPadding[side],
    };
  }
}

function checkOutputPadding(option: PairOption, stride: Pair): Pair {
  const padding = toPair(option, 'ConvTranspose2d.outputPadding', { minimum: 0 });
  if (padding[0] < stride[0] && padding[1] < stride[1]) return padding;
  throw new CnnError('invalid-argument', {
    where: 'ConvTranspose2d.outputPadding',
    expected: `less than the stride [${stride.join(', ')}]`,
    received: `[${padding.join(', ')}]`,
    remedy: `Pass at most [${stride[0] - 1}, ${stride[1] - 1}]`,
  });
}
