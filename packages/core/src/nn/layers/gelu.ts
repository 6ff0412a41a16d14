import type { Tensor } from '@tensorflow/tfjs-core';
import { type GeluApproximation, gelu } from '../functional/gelu.ts';
import { Layer } from '../layer.ts';

/**
 * `x · Φ(x)`, of any shape, Φ the distribution function of the standard normal.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.GELU.html
 */
export class GELU extends Layer {
  /** `none` for the exact function, by the error function; `tanh` for its approximation. */
  readonly approximate: GeluApproximation;

  /**
   * Exact unless `tanh` is asked for.
   *
   * @param approximate `tanh` for the approximation of that name. Default `none`.
   */
  constructor(approximate: GeluApproximation = 'none') {
    super();
    this.approximate = approximate;
  }

  override get kind(): string {
    return 'GELU';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return gelu(input, this.approximate);
  }
}
