import type { Dataset } from '@cnn/core';
import { expect, test } from 'vitest';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { cachedDataset } from './cached-dataset.ts';

function counted(): { dataset: Dataset; reads: number[] } {
  const reads: number[] = [];
  const source = tinyDataset(4);
  const get = async (index: number) => {
    reads.push(index);
    return source.get(index);
  };
  return { dataset: { ...source, get }, reads };
}

test('each sample is read once', async () => {
  const { dataset, reads } = counted();
  const cached = cachedDataset(dataset);
  for (const index of [0, 1, 0, 1, 2]) await cached.get(index);
  expect(reads).toEqual([0, 1, 2]);
  expect(await cached.get(1)).toMatchObject({ label: 1 });
});

test('beyond its size it reads anew', async () => {
  const { dataset, reads } = counted();
  const cached = cachedDataset(dataset, { maxBytes: 7 }); // one image of four bytes
  for (const index of [0, 1, 0, 1]) await cached.get(index);
  expect(reads).toEqual([0, 1, 1]);
});
