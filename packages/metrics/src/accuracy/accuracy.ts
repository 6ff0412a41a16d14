import type { Metric } from '@cnn/core';
import { checkMetricBatch } from '../batch/check-metric-batch.ts';
import { predictedClass } from '../batch/predicted-class.ts';

/**
 * Share of samples whose greatest logit is that of their label, 0..1, reported as `accuracy`.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.accuracy_score.html
 */
export function accuracy(): Metric {
  let correct = 0;
  let seen = 0;
  return {
    name: 'accuracy',
    reset() {
      correct = 0;
      seen = 0;
    },
    update(batch) {
      checkMetricBatch('accuracy', batch);
      const { logits, labels, classCount, size } = batch;
      for (let row = 0; row < size; row++) {
        if (predictedClass(logits, row, classCount) === labels[row]) correct++;
      }
      seen += size;
    },
    compute: () => correct / seen,
  };
}
