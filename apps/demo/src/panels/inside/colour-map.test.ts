import { describe, expect, test } from 'vitest';
import { cssColour, DIVERGING, levelOf, SEQUENTIAL } from './colour-map.ts';

const luminance = (map: Uint8Array, level: number): number =>
  0.2126 * map[3 * level]! + 0.7152 * map[3 * level + 1]! + 0.0722 * map[3 * level + 2]!;

describe('the colours of maps', () => {
  test('more is always brighter', () => {
    for (let level = 1; level < 256; level++) {
      expect(luminance(SEQUENTIAL, level)).toBeGreaterThanOrEqual(luminance(SEQUENTIAL, level - 1) - 0.6);
    }
    expect(cssColour(SEQUENTIAL, 0)).toBe('rgb(68 1 84)');
    expect(cssColour(SEQUENTIAL, 255)).toBe('rgb(253 231 37)');
  });

  test('zero is pale, negative is orange, positive is blue', () => {
    const [red, , blue] = DIVERGING.subarray(0, 3);
    expect(red!).toBeGreaterThan(blue!);
    expect(DIVERGING[3 * 255 + 2]!).toBeGreaterThan(DIVERGING[3 * 255]!);
    expect(luminance(DIVERGING, levelOf(0, -1, 1))).toBeGreaterThan(235);
  });

  test('levels are clipped to their range, NaN is the least, and an empty range is the middle', () => {
    expect([-5, 0, 0.5, 1, 9].map((value) => levelOf(value, 0, 1))).toEqual([0, 0, 128, 255, 255]);
    expect(levelOf(Number.NaN, 0, 1)).toBe(0);
    expect(levelOf(3, 3, 3)).toBe(128);
  });
});
