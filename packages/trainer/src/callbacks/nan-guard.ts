import { CnnError } from '@cnn/core';
import type { Callback } from './callback.ts';

/** Ends the run as failed as soon as a loss that is NaN or infinite was read back, naming the step. */
export function nanGuard(): Callback {
  const check: NonNullable<Callback['onStepEnd']> = ({ state }) => {
    if (!state.nonFinite) return;
    const { step, loss } = state.nonFinite;
    throw new CnnError('non-finite', {
      where: `loss at step ${step}`,
      expected: 'a finite number',
      received: String(loss),
      remedy: 'Lower the learning rate, clip gradients, or look at the data of that step; earlier checkpoints are kept',
    });
  };
  return { name: 'nan-guard', onStepEnd: check, onEpochEnd: check };
}
