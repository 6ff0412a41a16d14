import { CnnError, type Dataset } from '@cnn/core';
import { checkIndex } from './check-index.ts';

/**
 * The samples of a data set at these indices, in this order.
 *
 * @throws CnnError `invalid-argument` when an index lies outside the data set.
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>, options: { name?: string } = {}): Dataset {
  const { name = dataset.name } = options;
  const chosen = Int32Array.from(indices);
  for (let i = 0; i < chosen.length; i++) checkIndex(indices[i]!, dataset.length, dataset.name);
  return {
    name,
    length: chosen.length,
    classNames: dataset.classNames,
    sampleShape: dataset.sampleShape,
    get(index) {
      checkIndex(index, chosen.length, name);
      return dataset.get(chosen[index]!);
    },
  };
}

/** The first `count` samples; the data set itself when it has no more. */
export function limit(dataset: Dataset, count: number): Dataset {
  if (!Number.isInteger(count) || count < 0) {
    throw new CnnError('invalid-argument', {
      where: 'limit.count',
      expected: 'a whole number of samples',
      received: String(count),
      remedy: 'Pass how many of the first samples to keep',
    });
  }
  return count >= dataset.length
    ? dataset
    : subset(
        dataset,
        Int32Array.from({ length: count }, (_, i) => i),
      );
}
