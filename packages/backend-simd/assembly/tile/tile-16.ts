import { madd } from '../madd';
import { storeLanes } from './store-lanes';

/** 2 rows of `a` times a panel of 16 columns. */
@inline
export function tile2x16(
  a: usize,
  rowBytes: usize,
  stepBytes: usize,
  segments: usize,
  segmentCount: i32,
  length: i32,
  panel: usize,
  start: usize,
  startBytes: usize,
  floor: usize,
  y: usize,
  yBytes: usize,
  columns: i32,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s13 = f32x4.splat(0);
  const spanBytes = <usize>length * stepBytes;
  for (let segment = 0; segment < segmentCount; segment++) {
    let a0 = a + load<u32>(segments + (<usize>segment << 2));
    let a1 = a0 + rowBytes;
    const end = a0 + spanBytes;
    while (a0 != end) {
      const w0 = v128.load(panel);
      const w1 = v128.load(panel, 16);
      const w2 = v128.load(panel, 32);
      const w3 = v128.load(panel, 48);
      const x0 = v128.load32_splat(a0);
      s00 = madd(x0, w0, s00);
      s01 = madd(x0, w1, s01);
      s02 = madd(x0, w2, s02);
      s03 = madd(x0, w3, s03);
      const x1 = v128.load32_splat(a1);
      s10 = madd(x1, w0, s10);
      s11 = madd(x1, w1, s11);
      s12 = madd(x1, w2, s12);
      s13 = madd(x1, w3, s13);
      a0 += stepBytes;
      a1 += stepBytes;
      panel += 64;
    }
  }
  s00 = f32x4.add(v128.load(start), s00);
  s01 = f32x4.add(v128.load(start, 16), s01);
  s02 = f32x4.add(v128.load(start, 32), s02);
  s03 = f32x4.add(v128.load(start, 48), s03);
  const start1 = start + startBytes;
  s10 = f32x4.add(v128.load(start1), s10);
  s11 = f32x4.add(v128.load(start1, 16), s11);
  s12 = f32x4.add(v128.load(start1, 32), s12);
  s13 = f32x4.add(v128.load(start1, 48), s13);
  const lowest = v128.load32_splat(floor);
  if (columns >= 16) {
    v128.store(y, f32x4.pmax(s00, lowest));
    v128.store(y, f32x4.pmax(s01, lowest), 16);
    v128.store(y, f32x4.pmax(s02, lowest), 32);
    v128.store(y, f32x4.pmax(s03, lowest), 48);
    v128.store(y + yBytes, f32x4.pmax(s10, lowest));
    v128.store(y + yBytes, f32x4.pmax(s11, lowest), 16);
    v128.store(y + yBytes, f32x4.pmax(s12, lowest), 32);
    v128.store(y + yBytes, f32x4.pmax(s13, lowest), 48);
    return;
  }
  storeLanes(y, f32x4.pmax(s00, lowest), columns);
  storeLanes(y + 16, f32x4.pmax(s01, lowest), columns - 4);
  storeLanes(y + 32, f32x4.pmax(s02, lowest), columns - 8);
  storeLanes(y + 48, f32x4.pmax(s03, lowest), columns - 12);
  storeLanes(y + yBytes, f32x4.pmax(s10, lowest), columns);
  storeLanes(y + yBytes + 16, f32x4.pmax(s11, lowest), columns - 4);
  storeLanes(y + yBytes + 32, f32x4.pmax(s12, lowest), columns - 8);
  storeLanes(y + yBytes + 48, f32x4.pmax(s13, lowest), columns - 12);
}

/** 1 row of `a` times a panel of 16 columns. */
@inline
export function tile1x16(
  a: usize,
  rowBytes: usize,
  stepBytes: usize,
  segments: usize,
  segmentCount: i32,
  length: i32,
  panel: usize,
  start: usize,
  startBytes: usize,
  floor: usize,
  y: usize,
  yBytes: usize,
  columns: i32,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  const spanBytes = <usize>length * stepBytes;
  for (let segment = 0; segment < segmentCount; segment++) {
    let a0 = a + load<u32>(segments + (<usize>segment << 2));
    const end = a0 + spanBytes;
    while (a0 != end) {
      const w0 = v128.load(panel);
      const w1 = v128.load(panel, 16);
      const w2 = v128.load(panel, 32);
      const w3 = v128.load(panel, 48);
      const x0 = v128.load32_splat(a0);
      s00 = madd(x0, w0, s00);
      s01 = madd(x0, w1, s01);
      s02 = madd(x0, w2, s02);
      s03 = madd(x0, w3, s03);
      a0 += stepBytes;
      panel += 64;
    }
  }
  s00 = f32x4.add(v128.load(start), s00);
  s01 = f32x4.add(v128.load(start, 16), s01);
  s02 = f32x4.add(v128.load(start, 32), s02);
  s03 = f32x4.add(v128.load(start, 48), s03);
  const lowest = v128.load32_splat(floor);
  if (columns >= 16) {
    v128.store(y, f32x4.pmax(s00, lowest));
    v128.store(y, f32x4.pmax(s01, lowest), 16);
    v128.store(y, f32x4.pmax(s02, lowest), 32);
    v128.store(y, f32x4.pmax(s03, lowest), 48);
    return;
  }
  storeLanes(y, f32x4.pmax(s00, lowest), columns);
  storeLanes(y + 16, f32x4.pmax(s01, lowest), columns - 4);
  storeLanes(y + 32, f32x4.pmax(s02, lowest), columns - 8);
  storeLanes(y + 48, f32x4.pmax(s03, lowest), columns - 12);
}
