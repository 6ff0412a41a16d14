import { ratioOrZero } from '../confusion/class-totals.ts';
import {
  type AveragedMetric,
  type ClassAverage,
  type ClassAverageOptions,
  classAveragedMetric,
} from './class-average.ts';

/**
 * Harmonic mean of precision and recall of a class, `2·TP / (predicted + support)`, averaged over the classes; reported
 * as `f1`.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html
 */
export function f1<Average extends ClassAverage = 'macro'>(
  options: ClassAverageOptions<Average> = {},
): AveragedMetric<Average> {
  const score = classAveragedMetric('f1', (c) => ratioOrZero(2 * c.truePositives, c.predicted + c.support), options);
  return score as AveragedMetric<Average>;
}
