import { ratioOrZero } from '../confusion/class-totals.ts';
import {
  type AveragedMetric,
  type ClassAverage,
  type ClassAverageOptions,
  classAveragedMetric,
} from './class-average.ts';

/**
 * Share of the samples of a class that are recognised, averaged over the classes; reported as `recall`.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.recall_score.html
 */
export function recall<Average extends ClassAverage = 'macro'>(
  options: ClassAverageOptions<Average> = {},
): AveragedMetric<Average> {
  const score = classAveragedMetric('recall', (c) => ratioOrZero(c.truePositives, c.support), options);
  return score as AveragedMetric<Average>;
}
