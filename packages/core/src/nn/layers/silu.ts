import type { Tensor } from '@tensorflow/tfjs-core';
import { silu } from '../functional/silu.ts';
import { Layer } from '../layer.ts';

/**
 * `x · sigmoid(x)`, of any shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html
 */
export class SiLU extends Layer {
  override get kind(): string {
    return 'SiLU';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return silu(input);
  }
}
