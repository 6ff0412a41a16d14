import type { Metric } from '@cnn/core';

/** Sum of batch losses, reported as `lossSum`: what the notebooks print as running loss. NaN before the first batch. */
export function lossSum(): Metric {
  let sum = 0;
  let batches = 0;
  return {
    name: 'lossSum',
    reset() {
      sum = 0;
      batches = 0;
    },
    update({ loss }) {
      sum += loss;
      batches++;
    },
    compute: () => (batches === 0 ? Number.NaN : sum),
  };
}
