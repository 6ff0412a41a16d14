import type { Tensor } from '@tensorflow/tfjs-core';
import { relu } from '../functional/relu.ts';
import { Layer } from '../layer.ts';

/**
 * `max(0, x)`, of any shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html
 */
export class ReLU extends Layer {
  override get kind(): string {
    return 'ReLU';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return relu(input);
  }
}
