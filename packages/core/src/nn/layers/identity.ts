import type { Tensor } from '@tensorflow/tfjs-core';
import { Layer } from '../layer.ts';

/**
 * Passes its input on: a place holder, for example where a head was taken off.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Identity.html
 */
export class Identity extends Layer {
  override get kind(): string {
    return 'Identity';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return input.clone();
  }
}
