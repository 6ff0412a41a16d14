import type { Tensor } from '@tensorflow/tfjs-core';
import { maxPool2dWindow } from '../../kernels/max-pool2d.ts';
import type { PairOption } from '../../shape/pair.ts';
import { ceilAxis } from '../../shape/window-axis.ts';
import { PoolingLayer, type PoolingOptions } from './pooling-layer.ts';

/** Options of `MaxPool2d`, with PyTorch's names and defaults. */
export interface MaxPool2dOptions extends PoolingOptions {
  /** Distance between the pixels of a window. Default 1. */
  readonly dilation?: PairOption;
}

/**
 * Largest value of each window: `[N, C, H, W]` to `[N, C, floor((H + 2p − d·(k−1) − 1)/s + 1), ...]`. Padding counts
 * as −∞. The gradient goes to the first maximum of a window in row-major order.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 */
export class MaxPool2d extends PoolingLayer {
  /** @throws CnnError `invalid-argument` naming the argument that is no legal value. */
  constructor(kernelSize: PairOption, options: MaxPool2dOptions = {}) {
    super('MaxPool2d', kernelSize, options);
  }

  override get kind(): string {
    return 'MaxPool2d';
  }

  protected override compute(input: Tensor): Tensor {
    const [height, width] = this.windowOver(input.shape[1]!, input.shape[2]!);
    return this.ceilMode
      ? maxPool2dWindow(input, ceilAxis(height), ceilAxis(width))
      : maxPool2dWindow(input, height, width);
  }
}
