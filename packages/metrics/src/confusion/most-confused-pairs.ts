import type { ConfusionMatrix } from './confusion-matrix.ts';

/** One kind of mistake. */
export interface ConfusedPair {
  /** Name of the class that the samples have. */
  readonly truth: string;
  /** Name of the class that they were taken for. */
  readonly predicted: string;
  /** How many samples. */
  readonly count: number;
  /** Share of the samples of `truth`, 0..1. */
  readonly share: number;
}

/** How many pairs to list. */
export interface MostConfusedPairsOptions {
  /** Greatest number of pairs. Default 10. */
  readonly limit?: number;
}

/** Which class was most often taken for which other, most frequent first; never a pair that did not occur. */
export function mostConfusedPairs(
  { classNames, counts }: ConfusionMatrix,
  { limit = 10 }: MostConfusedPairsOptions = {},
): ConfusedPair[] {
  return counts
    .flatMap((row, truth) => {
      const support = row.reduce((sum, count) => sum + count, 0);
      return row.map((count, predicted) => ({ truth, predicted, count, share: count / support }));
    })
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || b.share - a.share)
    .slice(0, limit)
    .map(({ truth, predicted, ...pair }) => ({
      truth: classNames[truth]!,
      predicted: classNames[predicted]!,
      ...pair,
    }));
}
