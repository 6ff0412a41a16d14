import { CnnError, type Dataset, Generator } from '@cnn/core';
import { subset } from './subset.ts';

/** The two parts of a data set. */
export interface DatasetSplit {
  /** What is left. */
  readonly train: Dataset;
  /** The part that was asked for. */
  readonly validation: Dataset;
}

/**
 * Splits off a part at random, the same for the same seed: the last samples of `randperm(length)` of a generator of its
 * own, so that the split moves no other random stream. Within each part the samples keep the data set's order.
 *
 * @param part A count of samples, or a fraction of the data set when below 1; a fraction is rounded to the nearest count.
 * @throws CnnError `invalid-argument` when `part` is negative, not a whole count, or leaves nothing to train on.
 */
export function splitDataset(dataset: Dataset, part: number, options: { seed: number }): DatasetSplit {
  const count = part < 1 ? Math.round(dataset.length * part) : part;
  if (!Number.isInteger(count) || count < 0 || (count >= dataset.length && count > 0)) {
    throw new CnnError('invalid-argument', {
      where: 'splitDataset.part',
      expected: `a fraction in 0..1, or a whole count below ${dataset.length}, the samples of ${dataset.name}`,
      received: String(part),
      remedy: 'Ask for fewer samples',
    });
  }
  const order = new Generator(options.seed).randperm(dataset.length);
  const boundary = dataset.length - count;
  return {
    train: subset(dataset, order.slice(0, boundary).sort(), { name: `${dataset.name} (train)` }),
    validation: subset(dataset, order.slice(boundary).sort(), { name: `${dataset.name} (validation)` }),
  };
}
