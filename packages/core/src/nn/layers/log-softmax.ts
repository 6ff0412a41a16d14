import type { Tensor } from '@tensorflow/tfjs-core';
import { logSoftmax } from '../functional/softmax.ts';
import { Layer } from '../layer.ts';

/**
 * Logarithm of the softmax along an axis.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html
 */
export class LogSoftmax extends Layer {
  /** Axis over which the probabilities add up to 1, in PyTorch's order: 1 for `[N, C]`. */
  readonly dim: number;

  /**
   * Over axis `dim` in PyTorch's order; from the end when negative.
   *
   * @param dim Axis in PyTorch’s order: 1 for classes `[N, classes]` or channels `[N, C, H, W]`.
   */
  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  override get kind(): string {
    return 'LogSoftmax';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return logSoftmax(input, this.dim);
  }
}
