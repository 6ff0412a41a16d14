/** What the scores of one class are made of. */
export interface ClassTotals {
  /** Samples of this class that were recognised. */
  readonly truePositives: number;
  /** Samples that were taken for this class: true and false positives. */
  readonly predicted: number;
  /** Samples of this class: true positives and false negatives. */
  readonly support: number;
}

/** Totals of each class from a confusion matrix `counts[truth][predicted]`. */
export function classTotals(counts: readonly (readonly number[])[]): ClassTotals[] {
  return counts.map((row, index) => ({
    truePositives: row[index]!,
    predicted: counts.reduce((sum, other) => sum + other[index]!, 0),
    support: row.reduce((sum, count) => sum + count, 0),
  }));
}

/** `numerator / denominator`, and 0 for an empty denominator: scikit-learn's `zero_division=0`. */
export function ratioOrZero(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
