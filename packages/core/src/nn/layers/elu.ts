import type { Tensor } from '@tensorflow/tfjs-core';
import { elu } from '../functional/elu.ts';
import { Layer } from '../layer.ts';

/**
 * `x` where positive, else `alpha · (exp(x) − 1)`, of any shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ELU.html
 */
export class ELU extends Layer {
  /** What the output tends to, negated, for very negative inputs. */
  readonly alpha: number;

  /**
   * With `alpha` 1 unless another is given, as PyTorch's.
   *
   * @param alpha Default 1.
   */
  constructor(alpha: number = 1) {
    super();
    this.alpha = alpha;
  }

  override get kind(): string {
    return 'ELU';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return elu(input, this.alpha);
  }
}
