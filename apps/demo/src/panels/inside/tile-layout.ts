/** Equal tiles in rows on one picture, in pixels of that picture. */
export interface TileLayout {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly tileHeight: number;
  readonly tileWidth: number;
  /** Between tiles. */
  readonly gap: number;
  readonly height: number;
  readonly width: number;
}

/** What a layout is made for. */
export interface TileLayoutOptions {
  readonly tileHeight: number;
  readonly tileWidth: number;
  /** Width to height that the picture should come near to. Default 3. */
  readonly aspect?: number;
  /** Default 1. */
  readonly gap?: number;
}

/** How much an incomplete last row is disliked, against a wrong aspect by a factor of e. */
const RAGGED = 3;

/** Places `count` tiles: near the aspect asked for, in full rows where that is possible. */
export function tileLayout(count: number, options: TileLayoutOptions): TileLayout {
  const { tileHeight, tileWidth, aspect = 3, gap = 1 } = options;
  const sides = (columns: number): readonly [rows: number, height: number, width: number] => {
    const rows = Math.ceil(count / columns);
    return [rows, rows * (tileHeight + gap) - gap, columns * (tileWidth + gap) - gap];
  };
  const cost = (columns: number): number => {
    const [rows, height, width] = sides(columns);
    return Math.abs(Math.log(width / height / aspect)) + RAGGED * (1 - count / (rows * columns)) ** 0.5;
  };
  let columns = 1;
  for (let candidate = 2; candidate <= count; candidate++) if (cost(candidate) < cost(columns)) columns = candidate;
  const [rows, height, width] = sides(columns);
  return { count, columns, rows, tileHeight, tileWidth, gap, height, width };
}

/** Left upper corner of a tile. */
export function tileCorner(layout: TileLayout, tile: number): readonly [top: number, left: number] {
  const { columns, tileHeight, tileWidth, gap } = layout;
  return [Math.floor(tile / columns) * (tileHeight + gap), (tile % columns) * (tileWidth + gap)];
}

/** The tile at a place of the picture, and the pixel within it; null in a gap or behind the last tile. */
export function tileAt(
  layout: TileLayout,
  x: number,
  y: number,
): { readonly tile: number; readonly row: number; readonly column: number } | null {
  const { columns, tileHeight, tileWidth, gap, count } = layout;
  const [across, down] = [Math.floor(x / (tileWidth + gap)), Math.floor(y / (tileHeight + gap))];
  const [column, row] = [Math.floor(x - across * (tileWidth + gap)), Math.floor(y - down * (tileHeight + gap))];
  const tile = down * columns + across;
  const inside = across >= 0 && across < columns && down >= 0 && tile < count && column < tileWidth && row < tileHeight;
  return inside ? { tile, row, column } : null;
}
