import { describe, expect, test } from 'vitest';
import { cellAfter, cellAfterKey, cellNear, paddedMap, strongestCell, windowMiddles } from './padded-map.ts';

const window = { kernelSize: [3, 3], stride: [2, 2], dilation: [1, 1] } as const;

describe('a map with its padding', () => {
  test('is as large as what the window slides over', () => {
    const maps = { values: Float32Array.of(0, 9, 1, 9, 2, 9, 3, 9), shape: [2, 2, 2] } as const;
    const { picture, offset } = paddedMap(maps, 0, { paddingBegin: [1, 2], paddingEnd: [1, 0] });
    expect([picture.height, picture.width, offset]).toEqual([4, 4, [1, 2]]);
    const pixel = (row: number, column: number) => [
      ...picture.data.subarray(4 * (row * 4 + column), 4 * (row * 4 + column) + 3),
    ];
    expect(new Set(pixel(0, 0)).size).toBe(1); // grey: padding
    expect(pixel(1, 2)).toEqual([68, 1, 84]); // the least
    expect(pixel(2, 3)).toEqual([253, 231, 37]); // the greatest
  });
});

describe('the cell of a window', () => {
  test('is the one whose window is around the pointer', () => {
    expect(cellNear([1.5, 1.5], window, [5, 5])).toEqual([0, 0]);
    expect(cellNear([3.4, 5.6], window, [5, 5])).toEqual([1, 2]);
    expect(cellNear([100, -4], window, [5, 5])).toEqual([4, 0]);
  });

  test('has its middle marked where windows are apart', () => {
    expect(windowMiddles(window, [1, 2])).toEqual([
      [1.5, 1.5],
      [3.5, 1.5],
    ]);
    expect(windowMiddles({ ...window, stride: [1, 1] }, [2, 2])).toEqual([]);
  });

  test('begins where the output is greatest', () => {
    const maps = { values: Float32Array.of(0, 9, 1, 9, 3, 9, 3, 9), shape: [2, 2, 2] } as const;
    expect(strongestCell(maps, 0)).toEqual([1, 0]);
    expect(strongestCell(maps, 1)).toEqual([0, 0]);
  });

  test('moves by arrow keys, and stays on the map', () => {
    expect(cellAfterKey([0, 0], 'ArrowRight', [3, 4])).toEqual([0, 1]);
    expect(cellAfterKey([0, 0], 'ArrowUp', [3, 4])).toEqual([0, 0]);
    expect(cellAfterKey([2, 3], 'ArrowDown', [3, 4])).toEqual([2, 3]);
    expect(cellAfterKey([0, 0], 'a', [3, 4])).toBeNull();
  });

  test('goes on line by line when it plays', () => {
    expect(cellAfter([0, 3], [3, 4])).toEqual([1, 0]);
    expect(cellAfter([2, 3], [3, 4])).toEqual([0, 0]);
  });
});
