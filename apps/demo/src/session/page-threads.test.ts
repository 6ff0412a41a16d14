import { expect, test } from 'vitest';
import { pageThreads } from './page-threads.ts';

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [16, 15],
])('of %i cores, %i compute: one is the page’s', (cores, threads) => {
  expect(pageThreads('auto', cores)).toBe(threads);
});

test('a number of threads that was asked for is what there is', () => {
  expect(pageThreads(4, 2)).toBe(4);
});

test('a number that no machine has is brought down to one that this machine can bear', () => {
  expect(pageThreads(5000, 2)).toBe(8);
});
