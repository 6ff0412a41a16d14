import { CnnError, type Metric } from '@cnn/core';
import { type ClassTotals, classTotals } from '../confusion/class-totals.ts';
import { ConfusionCounts } from '../confusion/confusion-counts.ts';

const SUFFIXES = { macro: '', micro: 'Micro', weighted: 'Weighted', none: 'PerClass' } as const;

/**
 * How one number comes from the classes. `macro`: their mean; `weighted`: weighted by the samples of each; `micro`: from
 * the totals over all classes, which for one label a sample is the accuracy; `none`: no number, one score per class.
 */
export type ClassAverage = keyof typeof SUFFIXES;

/** Options of precision, recall and F1. */
export interface ClassAverageOptions<Average extends ClassAverage = ClassAverage> {
  /** How the scores of the classes become one. Default `macro`. */
  readonly average?: Average;
  /** Key in reports. By default the metric's name, with the average in it unless that is `macro`. */
  readonly name?: string;
}

/** One number, or one per class for `average: 'none'`. */
export type AveragedMetric<Average extends ClassAverage> = Average extends 'none' ? Metric<readonly number[]> : Metric;

/** A score from totals, 0 where it has nothing to rest on. */
export type ClassScore = (totals: ClassTotals) => number;

/**
 * A metric that scores each class and averages. As in scikit-learn with `zero_division=0`, a class that is neither in the
 * truth nor predicted does not take part in the macro average, and a score with an empty denominator is 0.
 */
export function classAveragedMetric(
  metric: string,
  score: ClassScore,
  { average = 'macro', name: givenName }: ClassAverageOptions,
): Metric<number | readonly number[]> {
  const defaultName = reportedName(metric, average);
  const name = givenName ?? defaultName;
  const counts = new ConfusionCounts(name);
  return {
    name,
    reset: () => counts.reset(),
    update: (batch) => counts.add(batch),
    compute: () => averageOf(classTotals(counts.rows()), score, average),
  };
}

function averageOf(classes: readonly ClassTotals[], score: ClassScore, average: ClassAverage): number | number[] {
  if (average === 'none') return classes.map(score);
  if (classes.length === 0) return Number.NaN;
  if (average === 'micro') return score(classes.reduce(added));
  const seen = classes.filter(({ predicted, support }) => predicted + support > 0);
  const weightOf = ({ support }: ClassTotals) => (average === 'weighted' ? support : 1);
  const weights = seen.reduce((sum, totals) => sum + weightOf(totals), 0);
  return seen.reduce((sum, totals) => sum + score(totals) * weightOf(totals), 0) / weights;
}

function added(a: ClassTotals, b: ClassTotals): ClassTotals {
  return {
    truePositives: a.truePositives + b.truePositives,
    predicted: a.predicted + b.predicted,
    support: a.support + b.support,
  };
}

function reportedName(metric: string, average: ClassAverage): string {
  if (!Object.hasOwn(SUFFIXES, average)) {
    throw new CnnError('invalid-argument', {
      where: `${metric}.average`,
      expected: `one of ${Object.keys(SUFFIXES).join(', ')}`,
      received: String(average),
      remedy: 'Leave it out for macro',
    });
  }
  return metric + SUFFIXES[average];
}
