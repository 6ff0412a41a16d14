import { CnnError, type Metric } from '@cnn/core';
import { checkMetricBatch } from '../batch/check-metric-batch.ts';
import { logSumExp } from '../batch/log-sum-exp.ts';
import { predictedClass } from '../batch/predicted-class.ts';

/** One sample that was taken for another class. */
export interface Mistake {
  /** Position in the order of visit since `reset`: the index in the data set when that is not shuffled. */
  readonly index: number;
  /** Class index that the sample has. */
  readonly label: number;
  /** Class index that it was taken for. */
  readonly predicted: number;
  /** Probability that the model gives the class it chose, 0..1. */
  readonly probability: number;
  /** Probability that it gives the right class, 0..1. */
  readonly labelProbability: number;
}

/** How many mistakes to keep. */
export interface WorstMistakesOptions {
  /** Default 24. */
  readonly limit?: number;
}

/**
 * The mistakes of which the model was surest, surest first, reported as `worstMistakes`: what to look at to find wrong
 * labels and odd samples. Probabilities are the softmax of the scores. Of equal ones, the sample that was seen first
 * comes first.
 *
 * @throws CnnError `invalid-argument` when `limit` is no positive integer.
 */
export function worstMistakes({ limit = 24 }: WorstMistakesOptions = {}): Metric<readonly Mistake[]> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new CnnError('invalid-argument', {
      where: 'worstMistakes.limit',
      expected: 'a positive integer',
      received: String(limit),
      remedy: 'Pass the number of mistakes to keep, such as 24',
    });
  }
  let worst: Mistake[] = [];
  let seen = 0;
  return {
    name: 'worstMistakes',
    reset() {
      worst = [];
      seen = 0;
    },
    update(batch) {
      checkMetricBatch('worstMistakes', batch);
      const { logits, labels, classCount, size } = batch;
      const found: Mistake[] = [];
      for (let row = 0; row < size; row++) {
        const label = labels[row]!;
        const predicted = predictedClass(logits, row, classCount);
        if (predicted === label) continue;
        const total = logSumExp(logits, row, classCount);
        const share = (index: number): number => Math.exp(logits[row * classCount + index]! - total) || 0;
        found.push({
          index: seen + row,
          label,
          predicted,
          probability: share(predicted),
          labelProbability: share(label),
        });
      }
      seen += size;
      if (found.length > 0) worst = [...worst, ...found].sort(surestFirst).slice(0, limit);
    },
    compute: () => [...worst],
  };
}

function surestFirst(a: Mistake, b: Mistake): number {
  return b.probability - a.probability || a.labelProbability - b.labelProbability || a.index - b.index;
}
