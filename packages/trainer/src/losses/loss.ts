import type { Batch } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** How the losses of samples become one: their (weighted) mean, their sum, or not at all. */
export type Reduction = 'mean' | 'sum' | 'none';

/**
 * Compares predictions with targets: `[]` for the reductions `mean` and `sum`, one value a sample or an element for `none`.
 * Differentiable in its first argument; the caller disposes the result.
 *
 * @param onHost The same targets on the host, where the caller has them: checked before the device computes nonsense.
 * @throws CnnError `invalid-argument` naming the first wrong target; `invalid-shape` when the shapes do not go together.
 */
export interface Loss {
  (predictions: Tensor, targets: Tensor, onHost?: Batch['targets']): Tensor;
  /** How it reduces, so that an evaluation can tell the mean over all samples. A function without it is taken for a mean. */
  readonly reduction?: Reduction;
}

/** A loss that says how it reduces. */
export function lossOf(compute: (...args: Parameters<Loss>) => Tensor, reduction: Reduction): Loss {
  return Object.assign(compute, { reduction });
}
