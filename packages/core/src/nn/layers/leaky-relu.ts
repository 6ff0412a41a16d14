import type { Tensor } from '@tensorflow/tfjs-core';
import { leakyRelu } from '../functional/leaky-relu.ts';
import { Layer } from '../layer.ts';

/**
 * `x` where positive, else `negativeSlope · x`, of any shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
 */
export class LeakyReLU extends Layer {
  /** Factor of inputs below 0. */
  readonly negativeSlope: number;

  /**
   * Slope 0.01 below 0 unless another is given, as PyTorch's.
   *
   * @param negativeSlope Default 0.01.
   */
  constructor(negativeSlope: number = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  override get kind(): string {
    return 'LeakyReLU';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return leakyRelu(input, this.negativeSlope);
  }
}
