import { describe, expect, test } from 'vitest';
import { tileAt, tileCorner, tileLayout } from './tile-layout.ts';

describe('tiles', () => {
  test('stand in full rows where they can', () => {
    expect(tileLayout(32, { tileHeight: 28, tileWidth: 28 })).toMatchObject({ columns: 8, rows: 4 });
    expect(tileLayout(16, { tileHeight: 28, tileWidth: 28 })).toMatchObject({ columns: 8, rows: 2 });
    expect(tileLayout(1, { tileHeight: 28, tileWidth: 28 })).toMatchObject({
      columns: 1,
      rows: 1,
      width: 28,
      height: 28,
    });
  });

  test('have gaps between them, and none around', () => {
    const layout = tileLayout(4, { tileHeight: 3, tileWidth: 5, aspect: 1.5 });
    expect(layout).toMatchObject({ columns: 2, rows: 2, width: 11, height: 7 });
    expect([0, 1, 2, 3].map((tile) => tileCorner(layout, tile))).toEqual([
      [0, 0],
      [0, 6],
      [4, 0],
      [4, 6],
    ]);
  });

  test('are found again from a place on the picture', () => {
    const layout = tileLayout(7, { tileHeight: 4, tileWidth: 4, aspect: 2 });
    for (let tile = 0; tile < 7; tile++) {
      const [top, left] = tileCorner(layout, tile);
      expect(tileAt(layout, left + 2.5, top + 1.2)).toEqual({ tile, row: 1, column: 2 });
      expect(tileAt(layout, left + 4.5, top)).toBeNull();
    }
    expect(tileAt(layout, -1, 0)).toBeNull();
    expect(tileAt(layout, layout.width - 1, layout.height - 1)).toBeNull();
  });
});
