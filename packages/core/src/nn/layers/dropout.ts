import type { Tensor } from '@tensorflow/tfjs-core';
import type { ForwardContext } from '../forward-context.ts';
import { dropout, dropProbability } from '../functional/dropout.ts';
import { Layer } from '../layer.ts';

/**
 * While training, zeroes each entry with probability `p` and scales the others by `1/(1 − p)`; in evaluation, and when
 * frozen, passes through. Masks are drawn from the context's generator: seeded and resumable.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
 */
export class Dropout extends Layer {
  /** Probability with which an element is set to 0 in training. May be changed between steps, as in PyTorch. */
  p: number;

  /** @throws CnnError `invalid-argument` when `p` is no probability. */
  constructor(p = 0.5) {
    super();
    this.p = dropProbability(p, 'Dropout.p');
  }

  override get kind(): string {
    return 'Dropout';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor, context: ForwardContext): Tensor {
    return context.training ? dropout(input, this.p, { generator: context.generator }) : input.clone();
  }
}
