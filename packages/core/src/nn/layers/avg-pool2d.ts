import type { Tensor } from '@tensorflow/tfjs-core';
import { avgPool2dWindow } from '../../kernels/avg-pool2d.ts';
import type { PairOption } from '../../shape/pair.ts';
import { ceilAxis, type WindowAxis } from '../../shape/window-axis.ts';
import { PoolingLayer, type PoolingOptions } from './pooling-layer.ts';

/** Options of `AvgPool2d`, with PyTorch's names and defaults. */
export interface AvgPool2dOptions extends PoolingOptions {
  /** Zeros of the padding count as pixels. Default true. */
  readonly countIncludePad?: boolean;
}

/**
 * Mean of each window: `[N, C, H, W]` to `[N, C, floor((H + 2p − (k−1) − 1)/s + 1), ...]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
 */
export class AvgPool2d extends PoolingLayer {
  /** Whether padding counts as zeros in the mean, as PyTorch's default has it. */
  readonly countIncludePad: boolean;

  /** @throws CnnError `invalid-argument` naming the argument that is no legal value. */
  constructor(kernelSize: PairOption, options: AvgPool2dOptions = {}) {
    super('AvgPool2d', kernelSize, options);
    this.countIncludePad = options.countIncludePad ?? true;
  }

  override get kind(): string {
    return 'AvgPool2d';
  }

  protected override compute(input: Tensor): Tensor {
    const [height, width] = this.windowOver(input.shape[1]!, input.shape[2]!);
    const axes = this.ceilMode ? ([ceilAxis(height), ceilAxis(width)] as const) : ([height, width] as const);
    return avgPool2dWindow(input, axes, (axis, start) => this.#countedPixels(axis, start));
  }

  /** What `ceilMode` adds behind the padding never counts; `paddingBegin` is the padding that was asked for. */
  #countedPixels({ inputSize, kernelSize, paddingBegin }: WindowAxis, start: number): number {
    const padding = this.countIncludePad ? paddingBegin : 0;
    return Math.min(start + kernelSize, inputSize + padding) - Math.max(start, -padding);
  }
}
