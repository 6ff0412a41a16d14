import { CnnError, type Metric } from '@cnn/core';
import { checkMetricBatch } from '../batch/check-metric-batch.ts';
import { logSumExp } from '../batch/log-sum-exp.ts';
import { predictedClass } from '../batch/predicted-class.ts';

/** How finely confidence is divided. */
export interface ExpectedCalibrationErrorOptions {
  /** Bins of equal width over the confidence 0..1. */
  readonly bins?: number;
}

/**
 * By how much the probability that the model gives its prediction differs from how often it is right: the mean over
 * bins of `|accuracy − confidence|`, weighted by their samples; 0..1, reported as `calibrationError`. A bin includes its
 * upper edge.
 *
 * @throws CnnError `invalid-argument` when `bins` is no positive integer.
 * @see https://arxiv.org/abs/1706.04599
 */
export function expectedCalibrationError({ bins = 15 }: ExpectedCalibrationErrorOptions = {}): Metric {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new CnnError('invalid-argument', {
      where: 'expectedCalibrationError.bins',
      expected: 'a positive integer',
      received: String(bins),
      remedy: 'Pass the number of bins, such as 15',
    });
  }
  const confidence = new Float64Array(bins);
  const correct = new Float64Array(bins);
  let seen = 0;
  return {
    name: 'calibrationError',
    reset() {
      confidence.fill(0);
      correct.fill(0);
      seen = 0;
    },
    update(batch) {
      checkMetricBatch('calibrationError', batch);
      const { logits, labels, classCount, size } = batch;
      for (let row = 0; row < size; row++) {
        const predicted = predictedClass(logits, row, classCount);
        const probability = Math.exp(logits[row * classCount + predicted]! - logSumExp(logits, row, classCount));
        const bin = binOf(probability, bins);
        confidence[bin] = confidence[bin]! + probability;
        if (predicted === labels[row]) correct[bin] = correct[bin]! + 1;
      }
      seen += size;
    },
    compute: () => confidence.reduce((sum, value, bin) => sum + Math.abs(correct[bin]! - value), 0) / seen,
  };
}

/** A NaN goes to the first bin, so that it shows in the result. */
function binOf(probability: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil((probability || 0) * bins) - 1));
}
