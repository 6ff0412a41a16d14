import type { Dataset } from '@cnn/core';
import { expect, test } from 'vitest';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { splitDataset } from './split-dataset.ts';

/** First pixels, which are the indices in the tiny data set. */
const indices = async (dataset: Dataset): Promise<number[]> =>
  Promise.all(Array.from({ length: dataset.length }, async (_, i) => (await dataset.get(i)).pixels[0]!));

test('the parts are disjoint, complete and in order', async () => {
  const { train, validation } = splitDataset(tinyDataset(100), 0.2, { seed: 3 });
  const kept = await indices(train);
  const taken = await indices(validation);
  expect([kept.length, taken.length]).toEqual([80, 20]);
  expect([...kept, ...taken].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(taken).toEqual(taken.toSorted((a, b) => a - b));
  expect([train.name, validation.name]).toEqual(['tiny (train)', 'tiny (validation)']);
});

test('the same seed gives the same split, another seed another', async () => {
  const split = (seed: number) => indices(splitDataset(tinyDataset(50), 10, { seed }).validation);
  expect(await split(0)).toEqual(await split(0));
  expect(await split(0)).not.toEqual(await split(1));
});

test('a count and a fraction mean the same', () => {
  expect(splitDataset(tinyDataset(30), 0.1, { seed: 0 }).validation.length).toBe(3);
  expect(splitDataset(tinyDataset(30), 3, { seed: 0 }).validation.length).toBe(3);
  expect(splitDataset(tinyDataset(30), 0, { seed: 0 }).train.length).toBe(30);
});

test.each([-1, 30, 31, 2.5, Number.NaN])('a part of %d of 30 samples is refused', (part) => {
  expect(() => splitDataset(tinyDataset(30), part, { seed: 0 })).toThrow(
    'splitDataset.part: expected a fraction in 0..1, or a whole count below 30, the samples of tiny',
  );
});
