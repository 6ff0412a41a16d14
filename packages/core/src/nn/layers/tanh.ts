import type { Tensor } from '@tensorflow/tfjs-core';
import { tanh } from '../functional/tanh.ts';
import { Layer } from '../layer.ts';

/**
 * Hyperbolic tangent, of any shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html
 */
export class Tanh extends Layer {
  override get kind(): string {
    return 'Tanh';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return tanh(input);
  }
}
