import { describe, expect, test } from 'vitest';
import { DIVERGING, GREY } from './colour-map.ts';
import { type Picture, paintColourFilters, paintImage, paintTiles } from './paint-tiles.ts';
import { tileLayout } from './tile-layout.ts';
import { filterTiles, joined, mapTiles, symmetricRange, tileRanges, unitTiles } from './tiles.ts';

const greyAt = (picture: Picture, row: number, column: number): number =>
  picture.data[4 * (row * picture.width + column)]!;
const alphaAt = (picture: Picture, row: number, column: number): number =>
  picture.data[4 * (row * picture.width + column) + 3]!;

describe('feature maps as pictures', () => {
  // Two maps of 2 × 2, NHWC: the first 0 1 / 2 3, the second 0 10 / 20 30.
  const maps = mapTiles(Float32Array.of(0, 0, 1, 10, 2, 20, 3, 30), [2, 2, 2]);
  const layout = tileLayout(2, { tileHeight: 2, tileWidth: 2, aspect: 2 });

  test('each map is drawn from its own channel, with a gap between', () => {
    const picture = paintTiles(maps, { layout, ranges: tileRanges(maps, 'each'), colours: GREY });
    expect([picture.width, picture.height]).toEqual([5, 2]);
    expect([greyAt(picture, 0, 0), greyAt(picture, 0, 1), greyAt(picture, 1, 0), greyAt(picture, 1, 1)]).toEqual([
      0, 85, 170, 255,
    ]);
    expect(greyAt(picture, 1, 3)).toBe(170);
    expect(alphaAt(picture, 0, 2)).toBe(0);
  });

  test('on one scale a weak map is dark', () => {
    const picture = paintTiles(maps, { layout, ranges: tileRanges(maps, 'shared'), colours: GREY });
    expect(greyAt(picture, 1, 1)).toBe(26);
    expect(greyAt(picture, 1, 4)).toBe(255);
  });

  test('values that are no numbers do not spoil the scale', () => {
    const tiles = mapTiles(Float32Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 3), [2, 2, 1]);
    expect(tileRanges(tiles, 'each')).toEqual([[1, 3]]);
    expect(joined(tileRanges(mapTiles(Float32Array.of(Number.NaN), [1, 1, 1]), 'each'))).toEqual([0, 0]);
  });

  test('units without a place are one pixel each', () => {
    const tiles = unitTiles(Float32Array.of(1, 2, 3));
    const line = tileLayout(3, { tileHeight: 1, tileWidth: 1, gap: 0 });
    const picture = paintTiles(tiles, { layout: line, ranges: tileRanges(tiles, 'shared'), colours: GREY });
    expect([0, 1, 2].map((column) => greyAt(picture, 0, column))).toEqual([0, 128, 255]);
  });
});

describe('filters as pictures', () => {
  test('a kernel is shown as it looks at one input channel', () => {
    // [O = 2, I = 2, 1, 2]
    const weights = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(tileRanges(filterTiles(weights, [2, 2, 1, 2], 1), 'each')).toEqual([
      [3, 4],
      [7, 8],
    ]);
  });

  test('zero is pale whatever the range', () => {
    const tiles = filterTiles(Float32Array.of(0, 2, -1, 0), [1, 1, 2, 2], 0);
    const ranges = tileRanges(tiles, 'each').map(symmetricRange);
    const layout = tileLayout(1, { tileHeight: 2, tileWidth: 2 });
    const { data } = paintTiles(tiles, { layout, ranges, colours: DIVERGING });
    expect(Math.min(data[0]!, data[1]!, data[2]!)).toBeGreaterThan(225);
    expect(data[4]!).toBeLessThan(data[6]!); // positive: blue
    expect(data[8]!).toBeGreaterThan(data[10]!); // negative: orange
  });

  test('those that see colours are colour images', () => {
    const layout = tileLayout(1, { tileHeight: 1, tileWidth: 1 });
    expect([...paintColourFilters(Float32Array.of(1, 0, -1), layout).data]).toEqual([255, 128, 0, 255]);
  });
});

test('an image is drawn over its range, bytes as they are', () => {
  expect([...paintImage(Float32Array.of(-1, 1), [1, 2, 1]).data]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  expect([...paintImage(Uint8Array.of(9, 8, 7), [1, 1, 3]).data]).toEqual([9, 8, 7, 255]);
  expect([...paintImage(new Float32Array(1), [1, 1, 1]).data]).toEqual([0, 0, 0, 255]);
});
