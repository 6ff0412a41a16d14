import { madd } from '../madd';
import { storeLanes } from '../tile/store-lanes';

/** Columns of one task of `multiplyFewByRows`. */
@inline
const COLUMNS: i32 = 24;

/**
 * y [rows, columns] = max(a [rows, depth] b [depth, columns] + bias, floor) for one or a few rows: b is read as it is,
 * since packing it would cost as much as the product. `aDepthStride` in floats. Tasks are blocks of 24 columns.
 */
export function multiplyFewByRows(
  a: usize,
  rowStride: i32,
  aDepthStride: i32,
  b: usize,
  bias: usize,
  floor: f32,
  y: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  begin: i32,
  end: i32,
): void {
  const rowBytes = <usize>columns << 2;
  const stepBytes = <usize>aDepthStride << 2;
  const lowest = f32x4.splat(floor);
  const limit = min(end * COLUMNS, columns);
  for (let row = 0; row < rows; row++) {
    const first = a + (<usize>(row * rowStride) << 2);
    const last = first + <usize>depth * stepBytes;
    let column = begin * COLUMNS;
    for (; column + COLUMNS <= limit; column += COLUMNS) {
      const start = <usize>column << 2;
      let c = f32x4.splat(0);
      let d = c;
      let e = c;
      let f = c;
      let g = c;
      let h = c;
      if (bias) {
        c = v128.load(bias + start);
        d = v128.load(bias + start, 16);
        e = v128.load(bias + start, 32);
        f = v128.load(bias + start, 48);
        g = v128.load(bias + start, 64);
        h = v128.load(bias + start, 80);
      }
      let from = b + start;
      for (let at = first; at != last; at += stepBytes) {
        const x = v128.load32_splat(at);
        c = madd(x, v128.load(from), c);
        d = madd(x, v128.load(from, 16), d);
        e = madd(x, v128.load(from, 32), e);
        f = madd(x, v128.load(from, 48), f);
        g = madd(x, v128.load(from, 64), g);
        h = madd(x, v128.load(from, 80), h);
        from += rowBytes;
      }
      const target = y + <usize>row * rowBytes + start;
      v128.store(target, f32x4.pmax(c, lowest));
      v128.store(target, f32x4.pmax(d, lowest), 16);
      v128.store(target, f32x4.pmax(e, lowest), 32);
      v128.store(target, f32x4.pmax(f, lowest), 48);
      v128.store(target, f32x4.pmax(g, lowest), 64);
      v128.store(target, f32x4.pmax(h, lowest), 80);
    }
    for (; column < limit; column += 4) {
      const start = <usize>column << 2;
      let sum = bias ? v128.load(bias + start) : f32x4.splat(0);
      let from = b + start;
      for (let at = first; at != last; at += stepBytes) {
        sum = madd(v128.load32_splat(at), v128.load(from), sum);
        from += rowBytes;
      }
      storeLanes(y + <usize>row * rowBytes + start, f32x4.pmax(sum, lowest), limit - column);
    }
  }
}

/**
 * The same for b given by columns, [columns, depth], and `a` with contiguous rows: each output is the product of two
 * contiguous vectors. Tasks are blocks of 4 columns.
 */
export function multiplyFewByColumns(
  a: usize,
  rowStride: i32,
  b: usize,
  bias: usize,
  floor: f32,
  y: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  begin: i32,
  end: i32,
): void {
  const columnBytes = <usize>depth << 2;
  const wholeBytes = <usize>(depth & ~3) << 2;
  const lowest = f32x4.splat(floor);
  for (let column = begin * 4; column < min(end * 4, columns); column += 4) {
    const present = columns - column;
    const b0 = b + <usize>column * columnBytes;
    // Columns that are not there repeat the first.
    const b1 = present > 1 ? b0 + columnBytes : b0;
    const b2 = present > 2 ? b0 + 2 * columnBytes : b0;
    const b3 = present > 3 ? b0 + 3 * columnBytes : b0;
    for (let row = 0; row < rows; row++) {
      const from = a + (<usize>(row * rowStride) << 2);
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let i: usize = 0;
      for (; i < wholeBytes; i += 16) {
        const x = v128.load(from + i);
        s0 = madd(x, v128.load(b0 + i), s0);
        s1 = madd(x, v128.load(b1 + i), s1);
        s2 = madd(x, v128.load(b2 + i), s2);
        s3 = madd(x, v128.load(b3 + i), s3);
      }
      for (; i < columnBytes; i += 4) {
        const x = v128.load32_zero(from + i);
        s0 = madd(x, v128.load32_zero(b0 + i), s0);
        s1 = madd(x, v128.load32_zero(b1 + i), s1);
        s2 = madd(x, v128.load32_zero(b2 + i), s2);
        s3 = madd(x, v128.load32_zero(b3 + i), s3);
      }
      // Lane sums of the four, transposed.
      const low01 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
      const half01 = f32x4.add(low01, high01);
      const half23 = f32x4.add(low23, high23);
      let sum = f32x4.add(v128.shuffle<f32>(half01, half23, 0, 1, 4, 5), v128.shuffle<f32>(half01, half23, 2, 3, 6, 7));
      if (bias) sum = f32x4.add(sum, v128.load(bias + (<usize>column << 2)));
      storeLanes(y + (<usize>(row * columns + column) << 2), f32x4.pmax(sum, lowest), present);
    }
  }
}
