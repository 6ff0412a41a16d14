import { madd } from '../madd';
import { storeLanes } from './store-lanes';

/** 4 rows of `a` times a panel of 4 columns. */
@inline
export function tile4x4(
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
  let s10 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  const spanBytes = <usize>length * stepBytes;
  for (let segment = 0; segment < segmentCount; segment++) {
    let a0 = a + load<u32>(segments + (<usize>segment << 2));
    let a1 = a0 + rowBytes;
    let a2 = a1 + rowBytes;
    let a3 = a2 + rowBytes;
    const end = a0 + spanBytes;
    while (a0 != end) {
      const w0 = v128.load(panel);
      const x0 = v128.load32_splat(a0);
      s00 = madd(x0, w0, s00);
      const x1 = v128.load32_splat(a1);
      s10 = madd(x1, w0, s10);
      const x2 = v128.load32_splat(a2);
      s20 = madd(x2, w0, s20);
      const x3 = v128.load32_splat(a3);
      s30 = madd(x3, w0, s30);
      a0 += stepBytes;
      a1 += stepBytes;
      a2 += stepBytes;
      a3 += stepBytes;
      panel += 16;
    }
  }
  s00 = f32x4.add(v128.load(start), s00);
  const start1 = start + startBytes;
  s10 = f32x4.add(v128.load(start1), s10);
  const start2 = start + 2 * startBytes;
  s20 = f32x4.add(v128.load(start2), s20);
  const start3 = start + 3 * startBytes;
  s30 = f32x4.add(v128.load(start3), s30);
  const lowest = v128.load32_splat(floor);
  if (columns >= 4) {
    v128.store(y, f32x4.pmax(s00, lowest));
    v128.store(y + yBytes, f32x4.pmax(s10, lowest));
    v128.store(y + 2 * yBytes, f32x4.pmax(s20, lowest));
    v128.store(y + 3 * yBytes, f32x4.pmax(s30, lowest));
    return;
  }
  storeLanes(y, f32x4.pmax(s00, lowest), columns);
  storeLanes(y + yBytes, f32x4.pmax(s10, lowest), columns);
  storeLanes(y + 2 * yBytes, f32x4.pmax(s20, lowest), columns);
  storeLanes(y + 3 * yBytes, f32x4.pmax(s30, lowest), columns);
}

/** 1 row of `a` times a panel of 4 columns. */
@inline
export function tile1x4(
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
  const spanBytes = <usize>length * stepBytes;
  for (let segment = 0; segment < segmentCount; segment++) {
    let a0 = a + load<u32>(segments + (<usize>segment << 2));
    const end = a0 + spanBytes;
    while (a0 != end) {
      const w0 = v128.load(panel);
      const x0 = v128.load32_splat(a0);
      s00 = madd(x0, w0, s00);
      a0 += stepBytes;
      panel += 16;
    }
  }
  s00 = f32x4.add(v128.load(start), s00);
  const lowest = v128.load32_splat(floor);
  if (columns >= 4) {
    v128.store(y, f32x4.pmax(s00, lowest));
    return;
  }
  storeLanes(y, f32x4.pmax(s00, lowest), columns);
}
