import { CnnError, type Metric } from '@cnn/core';
import { ConfusionCounts } from './confusion-counts.ts';

/** How often each class was taken for each, as plain JSON. */
export interface ConfusionMatrix {
  /** Name of each class, in the order of the rows and columns of `counts`. */
  readonly classNames: readonly string[];
  /** `counts[truth][predicted]`, both in the order of `classNames`. */
  readonly counts: readonly (readonly number[])[];
}

/** Names for the rows and columns. */
export interface ConfusionMatrixOptions {
  /** One per class; their indices by default. */
  readonly classNames?: readonly string[];
}

/**
 * Confusion matrix, reported as `confusionMatrix`: rows are the truth, columns the predictions. Empty (no rows) before
 * the first batch.
 *
 * @throws CnnError `invalid-argument` when the names are no list; `invalid-shape` at the first batch when there is not one
 *   name per class.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html
 */
export function confusionMatrix({ classNames }: ConfusionMatrixOptions = {}): Metric<ConfusionMatrix> {
  if (classNames !== undefined && !Array.isArray(classNames)) {
    throw new CnnError('invalid-argument', {
      where: 'confusionMatrix.classNames',
      expected: 'a list of names',
      received: String(classNames),
      remedy: 'Pass one name per class, or leave it out for their indices',
    });
  }
  const counts = new ConfusionCounts('confusionMatrix');
  return {
    name: 'confusionMatrix',
    reset: () => counts.reset(),
    update(batch) {
      if (classNames && classNames.length !== batch.classCount) {
        throw new CnnError('invalid-shape', {
          where: 'confusionMatrix.classNames',
          expected: `${batch.classCount} names, one for each output of the model`,
          received: String(classNames.length),
          remedy: 'Give the model one output per class of the data set',
        });
      }
      counts.add(batch);
    },
    compute() {
      const rows = counts.rows();
      return { classNames: classNames ?? rows.map((_, index) => String(index)), counts: rows };
    },
  };
}
