import { expect, test } from 'vitest';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { concat } from './concat.ts';

test('samples follow each other', async () => {
  const all = concat([tinyDataset(2), tinyDataset(0), tinyDataset(3)]);
  expect(all.length).toBe(5);
  expect(all.name).toBe('tiny + tiny + tiny');
  expect(await Promise.all([0, 1, 2, 3, 4].map(async (i) => (await all.get(i)).pixels[0]))).toEqual([0, 1, 0, 1, 2]);
});

test('other classes are refused by name', () => {
  const other = tinyDataset(1, { name: 'other', classNames: ['a', 'b', 'x'] });
  expect(() => concat([tinyDataset(1), other])).toThrow(
    'concat: expected the classes of tiny (a, b, c), received those of other (a, b, x).',
  );
  expect(() => concat([])).toThrow('concat: expected at least one data set, received none.');
});
