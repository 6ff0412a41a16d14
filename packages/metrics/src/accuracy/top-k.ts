import { CnnError, type Metric } from '@cnn/core';
import { checkMetricBatch } from '../batch/check-metric-batch.ts';

/** How many guesses a sample has. */
export interface TopKOptions {
  /** How many guesses a sample has. Default 5. */
  readonly k?: number;
}

/**
 * Share of samples whose label is among the `k` greatest logits, 0..1, reported as `top5` for `k = 5`. Of equal logits
 * the lower class index ranks first, so that `topK({ k: 1 })` is the accuracy.
 *
 * @throws CnnError `invalid-argument` when `k` is no positive integer or, at the first batch, exceeds the classes.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.top_k_accuracy_score.html
 */
export function topK({ k = 5 }: TopKOptions = {}): Metric {
  if (!Number.isInteger(k) || k < 1) throw invalidK(k, 'a positive integer', 'Pass the number of guesses, such as 5');
  const name = `top${k}`;
  let correct = 0;
  let seen = 0;
  return {
    name,
    reset() {
      correct = 0;
      seen = 0;
    },
    update(batch) {
      checkMetricBatch(name, batch);
      const { logits, labels, classCount, size } = batch;
      if (k > classCount) throw invalidK(k, `at most the ${classCount} classes`, 'Lower k or leave this metric out');
      for (let row = 0; row < size; row++) {
        if (rankOf(labels[row]!, logits.subarray(row * classCount, (row + 1) * classCount)) < k) correct++;
      }
      seen += size;
    },
    compute: () => correct / seen,
  };
}

/** How many classes rank before `label`; a NaN ranks before every number. */
function rankOf(label: number, scores: Float32Array): number {
  const own = scores[label]!;
  let rank = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    if (
      Number.isNaN(own) ? Number.isNaN(score) && index < label : !(score <= own) || (score === own && index < label)
    ) {
      rank++;
    }
  }
  return rank;
}

function invalidK(k: number, expected: string, remedy: string): CnnError {
  return new CnnError('invalid-argument', { where: 'topK.k', expected, received: String(k), remedy });
}
