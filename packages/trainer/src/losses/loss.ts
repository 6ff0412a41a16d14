import type { Batch } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** How the losses of samples become one: their (weighted) mean, their sum, or not at all. */
export type Reduction = 'mean' | 'sum' | 'none';

/** Compares scores with targets. Differentiable in its first argument; the caller disposes the result. */
export interface Loss {
  /** @returns `[]` for the reductions `mean` and `sum`, one value a sample or an element for `none`. */
  (predictions: Tensor, targets: Tensor): Tensor;
  /**
   * Checks targets on the host, before the device computes nonsense from them.
   *
   * @throws CnnError `invalid-argument` naming the first wrong target.
   */
  validate?(targets: Batch['targets'], predictionShape: readonly number[]): void;
}
