import { expect, test } from 'vitest';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { limit, subset } from './subset.ts';

test('a subset has the chosen samples in their order', async () => {
  const chosen = subset(tinyDataset(10), [7, 2, 7]);
  expect(chosen.length).toBe(3);
  expect((await chosen.get(0)).pixels[0]).toBe(7);
  expect((await chosen.get(1)).label).toBe(2);
});

test('an index outside the data set is refused at once', () => {
  expect(() => subset(tinyDataset(10), [3, 10])).toThrow('tiny.get: expected an integer in 0..9, received 10.');
  expect(() => subset(tinyDataset(10), [1.5])).toThrow('received 1.5');
});

test('a limit keeps the first samples, and all when there are no more', () => {
  const dataset = tinyDataset(10);
  expect(limit(dataset, 3).length).toBe(3);
  expect(limit(dataset, 10)).toBe(dataset);
  expect(() => limit(dataset, -1)).toThrow('limit.count: expected a whole number of samples, received -1.');
});
