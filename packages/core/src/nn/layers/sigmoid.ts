import type { Tensor } from '@tensorflow/tfjs-core';
import { sigmoid } from '../functional/sigmoid.ts';
import { Layer } from '../layer.ts';

/**
 * `1/(1 + exp(−x))`, of any shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
 */
export class Sigmoid extends Layer {
  override get kind(): string {
    return 'Sigmoid';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return sigmoid(input);
  }
}
