import { maddDoubles } from '../madd';
import { storeLanes } from './store-lanes';

// The products of multiply-panel.ts, summed in double precision and rounded once: for the sums of few terms with which a
// network reads its pictures. Where a picture is nearly flat, neighbouring sums differ by less than single precision rounds
// away, and which of them wins a pooling window decides where the gradient goes.

/** Bytes of scratch memory that `promoteMatrix` fills for `rows` rows of `length` floats. */
@inline
export function doublesBytes(rows: i32, length: i32): usize {
  return ((<usize>(rows * length) << 3) + 15) & ~15;
}

/** `count` floats as doubles. May write 8 bytes more. */
export function promoteMatrix(source: usize, target: usize, count: i32): void {
  for (let i = 0; i < count; i += 2) {
    v128.store(target, f64x2.promote_low_f32x4(v128.load64_zero(source)));
    source += 8;
    target += 16;
  }
}

/**
 * A panel of `width` columns as doubles: for every 8 columns a row of `start`, then the `rows` rows of the panel, with
 * zeros behind the last of `columns` columns.
 */
export function promotePanel(panel: usize, rows: i32, width: i32, start: usize, columns: i32, target: usize): void {
  const widthBytes = <usize>width << 2;
  for (let group = 0; group < width; group += 8) {
    const present = min(columns - group, 8);
    for (let i = 0; i < 8; i++) {
      const value = i < present ? load<f32>(start + (<usize>(group + i) << 2)) : 0;
      store<f64>(target + (<usize>i << 3), value);
    }
    target += 64;
    for (let row = 0; row < rows; row++) {
      const from = panel + <usize>row * widthBytes + (<usize>group << 2);
      const wide = group + 4 < width;
      v128.store(target, f64x2.promote_low_f32x4(v128.load64_zero(from)));
      v128.store(target, f64x2.promote_low_f32x4(v128.load64_zero(from, 8)), 16);
      v128.store(target, wide ? f64x2.promote_low_f32x4(v128.load64_zero(from, 16)) : f64x2.splat(0), 32);
      v128.store(target, wide ? f64x2.promote_low_f32x4(v128.load64_zero(from, 24)) : f64x2.splat(0), 48);
      target += 64;
    }
  }
}

/**
 * y[r, c] = max(floor, start[c] + sum over i of a[r, i] * panel[i, c]) for `rows` rows of `length` doubles each and a
 * promoted panel, of which `columns` columns exist.
 */
export function multiplyDoubles(
  a: usize,
  length: i32,
  panel: usize,
  width: i32,
  floor: usize,
  y: usize,
  yBytes: usize,
  columns: i32,
  rows: i32,
): void {
  const rowBytes = <usize>length << 3;
  const lowest = v128.load32_splat(floor);
  for (let group = 0; group < width && group < columns; group += 8) {
    let from = a;
    let target = y + (<usize>group << 2);
    let row = 0;
    for (; row + 2 <= rows; row += 2) {
      tile2x8(from, rowBytes, rowBytes, panel, lowest, target, yBytes, columns - group);
      from += 2 * rowBytes;
      target += 2 * yBytes;
    }
    // An odd last row is both rows of a tile rather than a kernel of its own.
    if (row < rows) tile2x8(from, rowBytes, 0, panel, lowest, target, 0, columns - group);
    panel += (<usize>(length + 1) << 6);
  }
}

/** Rows `a` and `a + nextBytes`. */
@inline
function tile2x8(
  a: usize,
  lengthBytes: usize,
  nextBytes: usize,
  panel: usize,
  lowest: v128,
  y: usize,
  yBytes: usize,
  columns: i32,
): void {
  let s00 = v128.load(panel);
  let s01 = v128.load(panel, 16);
  let s02 = v128.load(panel, 32);
  let s03 = v128.load(panel, 48);
  let s10 = s00;
  let s11 = s01;
  let s12 = s02;
  let s13 = s03;
  const end = a + lengthBytes;
  while (a != end) {
    panel += 64;
    const x0 = v128.load64_splat(a);
    const x1 = v128.load64_splat(a + nextBytes);
    const w0 = v128.load(panel);
    s00 = maddDoubles(x0, w0, s00);
    s10 = maddDoubles(x1, w0, s10);
    const w1 = v128.load(panel, 16);
    s01 = maddDoubles(x0, w1, s01);
    s11 = maddDoubles(x1, w1, s11);
    const w2 = v128.load(panel, 32);
    s02 = maddDoubles(x0, w2, s02);
    s12 = maddDoubles(x1, w2, s12);
    const w3 = v128.load(panel, 48);
    s03 = maddDoubles(x0, w3, s03);
    s13 = maddDoubles(x1, w3, s13);
    a += 8;
  }
  if (columns >= 8) {
    v128.store(y, f32x4.pmax(rounded(s00, s01), lowest));
    v128.store(y, f32x4.pmax(rounded(s02, s03), lowest), 16);
    v128.store(y + yBytes, f32x4.pmax(rounded(s10, s11), lowest));
    v128.store(y + yBytes, f32x4.pmax(rounded(s12, s13), lowest), 16);
    return;
  }
  storeLanes(y, f32x4.pmax(rounded(s00, s01), lowest), columns);
  storeLanes(y + 16, f32x4.pmax(rounded(s02, s03), lowest), columns - 4);
  storeLanes(y + yBytes, f32x4.pmax(rounded(s10, s11), lowest), columns);
  storeLanes(y + yBytes + 16, f32x4.pmax(rounded(s12, s13), lowest), columns - 4);
}

@inline
function rounded(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
