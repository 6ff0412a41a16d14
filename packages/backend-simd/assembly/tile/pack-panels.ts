import { panelWidth } from './panel';

/**
 * Packs a matrix of `blockCount * blockRows` rows into panels. Row r of block b starts at element
 * `blocks[b] + r * rowStride` of `source`, its columns are `columnStride` apart; one of the two strides is 1.
 * Tasks are panels of 16 columns.
 */
export function packPanels(
  source: usize,
  packed: usize,
  blocks: usize,
  blockCount: i32,
  blockRows: i32,
  columns: i32,
  rowStride: i32,
  columnStride: i32,
  begin: i32,
  end: i32,
): void {
  const rows = blockCount * blockRows;
  for (let column = begin * 16; column < min(end * 16, columns); ) {
    const width = panelWidth(columns - column);
    let target = packed + ((<usize>column * rows) << 2);
    for (let block = 0; block < blockCount; block++) {
      const first = source + (<usize>(load<i32>(blocks + (<usize>block << 2)) + column * columnStride) << 2);
      packPanel(first, rowStride, columnStride, blockRows, columns - column, target);
      target += <usize>(blockRows * width) << 2;
    }
    column += width;
  }
}

/** One panel: `rows` rows of the columns from `source` on, of which there are `columns`. Strides in floats. */
export function packPanel(
  source: usize,
  rowStride: i32,
  columnStride: i32,
  rows: i32,
  columns: i32,
  target: usize,
): void {
  const width = panelWidth(columns);
  const present = min(width, columns);
  if (columnStride == 1) {
    copyRows(source, <usize>rowStride << 2, rows, present, width, target);
  } else {
    transposeRows(source, <usize>columnStride << 2, rows, present, width, target);
  }
}

/** `rows` rows of `present` contiguous columns into rows of `width`, zeros behind. */
function copyRows(source: usize, rowBytes: usize, rows: i32, present: i32, width: i32, target: usize): void {
  if (present == 16) {
    for (let row = 0; row < rows; row++) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
      v128.store(target, v128.load(source, 32), 32);
      v128.store(target, v128.load(source, 48), 48);
      source += rowBytes;
      target += 64;
    }
    return;
  }
  for (let row = 0; row < rows; row++) {
    let i = 0;
    for (; i + 4 <= present; i += 4) v128.store(target + (<usize>i << 2), v128.load(source + (<usize>i << 2)));
    for (; i < present; i++) store<f32>(target + (<usize>i << 2), load<f32>(source + (<usize>i << 2)));
    for (; i < width; i++) store<f32>(target + (<usize>i << 2), 0);
    source += rowBytes;
    target += <usize>width << 2;
  }
}

/** The transpose of `present` contiguous runs of `rows` elements into rows of `width`, zeros behind. */
function transposeRows(source: usize, columnBytes: usize, rows: i32, present: i32, width: i32, target: usize): void {
  const targetBytes = <usize>width << 2;
  for (let column = 0; column < width; column += 4) {
    const to = target + (<usize>column << 2);
    const from = source + <usize>column * columnBytes;
    let row = 0;
    if (column + 4 <= present) {
      for (; row + 4 <= rows; row += 4) transpose4x4(from + (<usize>row << 2), columnBytes, to + <usize>row * targetBytes, targetBytes);
    }
    for (; row < rows; row++) {
      for (let i = 0; i < 4; i++) {
        const value = column + i < present ? load<f32>(from + <usize>i * columnBytes + (<usize>row << 2)) : 0;
        store<f32>(to + <usize>row * targetBytes + (<usize>i << 2), value);
      }
    }
  }
}

@inline
function transpose4x4(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromBytes);
  const c = v128.load(from + 2 * fromBytes);
  const d = v128.load(from + 3 * fromBytes);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + toBytes, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * toBytes, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
  v128.store(to + 3 * toBytes, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
}
