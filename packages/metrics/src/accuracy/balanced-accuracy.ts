import type { Metric } from '@cnn/core';
import { classTotals } from '../confusion/class-totals.ts';
import { ConfusionCounts } from '../confusion/confusion-counts.ts';

/**
 * Mean recall of the classes that occur, 0..1, reported as `balancedAccuracy`: accuracy as if every class had as many
 * samples.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.balanced_accuracy_score.html
 */
export function balancedAccuracy(): Metric {
  const counts = new ConfusionCounts('balancedAccuracy');
  return {
    name: 'balancedAccuracy',
    reset: () => counts.reset(),
    update: (batch) => counts.add(batch),
    compute() {
      const occurring = classTotals(counts.rows()).filter(({ support }) => support > 0);
      return occurring.reduce((sum, c) => sum + c.truePositives / c.support, 0) / occurring.length;
    },
  };
}
