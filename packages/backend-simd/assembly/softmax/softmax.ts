import { expVector } from '../math/exp';
import { logVector } from '../math/log';
import { storeLanes } from '../tile/store-lanes';

/** The lanes before `count`, all from 4 on, as a mask. */
@inline
function lanesBefore(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

@inline
function horizontalSum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3))
  );
}

@inline
function horizontalMax(v: v128): f32 {
  return max<f32>(
    max<f32>(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 2)),
    max<f32>(f32x4.extract_lane(v, 1), f32x4.extract_lane(v, 3)),
  );
}

@inline
function rowMax(x: usize, classes: i32): f32 {
  const lowest = f32x4.splat(-Infinity);
  let largest = lowest;
  let i = 0;
  for (; i + 4 <= classes; i += 4) largest = f32x4.max(largest, v128.load(x + (<usize>i << 2)));
  if (i < classes) {
    const rest = v128.bitselect(v128.load(x + (<usize>i << 2)), lowest, lanesBefore(classes - i));
    largest = f32x4.max(largest, rest);
  }
  return horizontalMax(largest);
}

/** Softmax over the last axis of x [rows, classes]. Tasks are groups of `rowsPerTask` rows. */
export function softmax(x: usize, y: usize, rows: i32, classes: i32, rowsPerTask: i32, begin: i32, end: i32): void {
  const rowBytes = <usize>classes << 2;
  const last = min(end * rowsPerTask, rows);
  for (let row = begin * rowsPerTask; row < last; row++) {
    const from = x + <usize>row * rowBytes;
    const to = y + <usize>row * rowBytes;
    const largest = f32x4.splat(rowMax(from, classes));
    let sum = f32x4.splat(0);
    for (let i = 0; i < classes; i += 4) {
      const left = classes - i;
      const e = expVector(f32x4.sub(v128.load(from + (<usize>i << 2)), largest));
      sum = f32x4.add(sum, v128.and(e, lanesBefore(left)));
      storeLanes(to + (<usize>i << 2), e, left);
    }
    const total = f32x4.splat(horizontalSum(sum));
    for (let i = 0; i < classes; i += 4) {
      const at = to + (<usize>i << 2);
      storeLanes(at, f32x4.div(v128.load(at), total), classes - i);
    }
  }
}

/** Logarithm of the softmax over the last axis of x [rows, classes]. Tasks are groups of `rowsPerTask` rows. */
export function logSoftmax(x: usize, y: usize, rows: i32, classes: i32, rowsPerTask: i32, begin: i32, end: i32): void {
  const rowBytes = <usize>classes << 2;
  const last = min(end * rowsPerTask, rows);
  for (let row = begin * rowsPerTask; row < last; row++) {
    const from = x + <usize>row * rowBytes;
    const to = y + <usize>row * rowBytes;
    const largest = f32x4.splat(rowMax(from, classes));
    let sum = f32x4.splat(0);
    for (let i = 0; i < classes; i += 4) {
      const e = expVector(f32x4.sub(v128.load(from + (<usize>i << 2)), largest));
      sum = f32x4.add(sum, v128.and(e, lanesBefore(classes - i)));
    }
    const logSum = logVector(f32x4.splat(horizontalSum(sum)));
    for (let i = 0; i < classes; i += 4) {
      const shifted = f32x4.sub(v128.load(from + (<usize>i << 2)), largest);
      storeLanes(to + (<usize>i << 2), f32x4.sub(shifted, logSum), classes - i);
    }
  }
}
