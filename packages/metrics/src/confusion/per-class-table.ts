import { type ClassTotals, classTotals, ratioOrZero } from './class-totals.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/** The scores of one class. A score without samples to rest on is 0. */
export interface ClassScores extends ClassTotals {
  /** Name of the class; its index where it has none. */
  readonly className: string;
  /** Share of the predictions of this class that are right. */
  readonly precision: number;
  /** Share of the samples of this class that are recognised. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
}

/**
 * Precision, recall, F1 and support of each class.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.classification_report.html
 */
export function perClassTable({ classNames, counts }: ConfusionMatrix): ClassScores[] {
  return classTotals(counts).map((totals, index) => ({
    className: classNames[index] ?? String(index),
    precision: ratioOrZero(totals.truePositives, totals.predicted),
    recall: ratioOrZero(totals.truePositives, totals.support),
    f1: ratioOrZero(2 * totals.truePositives, totals.predicted + totals.support),
    ...totals,
  }));
}
