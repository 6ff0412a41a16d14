import { CnnError, type Metric } from '@cnn/core';

/** What counts as one in the mean. */
export interface MeanLossOptions {
  /**
   * `batch`: the mean of batch losses, in which a shorter last batch counts as one: what the notebooks print as
   * average loss. `sample`: the mean over all samples, which does not depend on the batch size.
   */
  readonly per?: 'batch' | 'sample';
}

/** Mean of the loss, reported as `loss`. @throws CnnError `invalid-argument` for another `per`. */
export function meanLoss({ per = 'batch' }: MeanLossOptions = {}): Metric {
  if (per !== 'batch' && per !== 'sample') {
    throw new CnnError('invalid-argument', {
      where: 'meanLoss.per',
      expected: 'batch or sample',
      received: String(per),
      remedy: 'Leave it out for the mean of batch losses',
    });
  }
  let sum = 0;
  let weights = 0;
  return {
    name: 'loss',
    reset() {
      sum = 0;
      weights = 0;
    },
    update({ loss, size }) {
      const weight = per === 'batch' ? 1 : size;
      sum += loss * weight;
      weights += weight;
    },
    compute: () => sum / weights,
  };
}
