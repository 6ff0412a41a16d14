import { expect, test } from 'vitest';
import { thinned } from './thinned.ts';

test('a list that grows stays short, and keeps its beginning and its end', () => {
  let list: readonly number[] = [];
  for (let i = 0; i < 2000; i++) {
    list = thinned([...list, i], 100);
    expect(list.length).toBeLessThanOrEqual(101);
    expect([list[0], list.at(-1)]).toEqual([0, i]);
  }
  expect(list.length).toBeGreaterThan(50);
});
