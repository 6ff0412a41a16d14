import type { Tensor } from '@tensorflow/tfjs-core';
import { softmax } from '../functional/softmax.ts';
import { Layer } from '../layer.ts';

/**
 * `exp(x)/sum(exp(x))` along an axis.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html
 */
export class Softmax extends Layer {
  /** Axis over which the outputs add up to 1, in PyTorch's order: 1 for `[N, C]`. */
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
    return 'Softmax';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return softmax(input, this.dim);
  }
}
