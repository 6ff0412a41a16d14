import type { Metric } from '@cnn/core';
import { checkMetricBatch } from '../batch/check-metric-batch.ts';
import { logSumExp } from '../batch/log-sum-exp.ts';

/**
 * Mean over samples of `−log p(label)`, with p the softmax of the logits: cross-entropy whatever loss was trained,
 * reported as `logLoss`. Nothing is clipped, so a logit of −∞ for the label gives ∞.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.log_loss.html
 */
export function logLoss(): Metric {
  let sum = 0;
  let seen = 0;
  return {
    name: 'logLoss',
    reset() {
      sum = 0;
      seen = 0;
    },
    update(batch) {
      checkMetricBatch('logLoss', batch);
      const { logits, labels, classCount, size } = batch;
      for (let row = 0; row < size; row++) {
        sum += logSumExp(logits, row, classCount) - logits[row * classCount + labels[row]!]!;
      }
      seen += size;
    },
    compute: () => sum / seen,
  };
}
