import { ratioOrZero } from '../confusion/class-totals.ts';
import {
  type AveragedMetric,
  type ClassAverage,
  type ClassAverageOptions,
  classAveragedMetric,
} from './class-average.ts';

/**
 * Share of the predictions of a class that are right, averaged over the classes; reported as `precision`.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_score.html
 */
export function precision<Average extends ClassAverage = 'macro'>(
  options: ClassAverageOptions<Average> = {},
): AveragedMetric<Average> {
  const score = classAveragedMetric('precision', (c) => ratioOrZero(c.truePositives, c.predicted), options);
  return score as AveragedMetric<Average>;
}
