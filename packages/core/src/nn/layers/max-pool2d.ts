import type { Tensor } from '@tensorflow/tfjs-core';
import { type Pair, type PairOption, toPair } from '../../shape/pair.ts';
import { maxPool2dWindow } from '../functional/max-pool2d.ts';
import { Layer } from '../layer.ts';
import type { LayerDescription } from '../layer-description.ts';
import { imageShape } from './image-shape.ts';
import { type ImageWindow, windowFormula, windowOutput, windowOver } from './image-window.ts';

/** Options of `MaxPool2d`, with PyTorch's names and defaults. */
export interface MaxPool2dOptions {
  /** Default: the kernel size. */
  readonly stride?: PairOption;
  /** −∞ around the image, at most half the kernel. Default 0. */
  readonly padding?: PairOption;
}

/**
 * Largest value of each window: `[N, C, H, W]` to `[N, C, floor((H + 2p − (k−1) − 1)/s + 1), ...]`. The gradient goes
 * to the first maximum of a window in row-major order.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 */
export class MaxPool2d extends Layer {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly dilation: Pair = [1, 1];
  readonly paddingBegin: Pair;
  readonly paddingEnd: Pair;

  /** @throws CnnError `invalid-argument` naming the argument that is no legal value. */
  constructor(kernelSize: PairOption, { stride = kernelSize, padding = 0 }: MaxPool2dOptions = {}) {
    super();
    this.kernelSize = toPair(kernelSize, 'MaxPool2d.kernelSize');
    this.stride = toPair(stride, 'MaxPool2d.stride');
    this.paddingBegin = toPair(padding, 'MaxPool2d.padding', { minimum: 0 });
    this.paddingEnd = this.paddingBegin;
  }

  override get kind(): string {
    return 'MaxPool2d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    const [n, c] = imageShape(this.kind, inputShape);
    return [n, c, ...windowOutput(this.kind, this.#window(inputShape))];
  }

  override describe(inputShape: readonly number[]): LayerDescription {
    return { ...super.describe(inputShape), window: this, formula: windowFormula(this.#window(inputShape)) };
  }

  protected override compute(input: Tensor): Tensor {
    const [height, width] = windowOver(this, input.shape[1]!, input.shape[2]!);
    return maxPool2dWindow(input, height, width);
  }

  #window([, , h, w]: readonly number[]): ImageWindow {
    return windowOver(this, h!, w!);
  }
}
