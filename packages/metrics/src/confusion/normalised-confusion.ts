import { ratioOrZero } from './class-totals.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/** What the shares are taken of: the samples of a class, the predictions of a class, or all samples. */
export type ConfusionNormalisation = 'truth' | 'predicted' | 'all';

/**
 * The matrix as shares 0..1 `[truth][predicted]`; rows, columns or everything add up to 1, or to 0 where there is nothing.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html (`normalize`)
 */
export function normalisedConfusion({ counts }: ConfusionMatrix, by: ConfusionNormalisation = 'truth'): number[][] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const rowSums = counts.map(sum);
  const columnSums = counts.map((_, column) => sum(counts.map((row) => row[column]!)));
  const total = sum(rowSums);
  return counts.map((row, truth) =>
    row.map((count, predicted) => {
      const whole = { truth: rowSums[truth]!, predicted: columnSums[predicted]!, all: total }[by];
      return ratioOrZero(count, whole);
    }),
  );
}
