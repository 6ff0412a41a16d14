import { storeLanes } from '../tile/store-lanes';

// Numbered as in src/kernels/reduction/reduce.ts.
const SUM = 0;
const MAX = 1;
const MIN = 2;

@inline
function fold(operation: i32, a: v128, b: v128): v128 {
  if (operation == SUM) return f32x4.add(a, b);
  if (operation == MAX) return f32x4.max(a, b);
  return f32x4.min(a, b);
}

@inline
function foldScalar(operation: i32, a: f32, b: f32): f32 {
  if (operation == SUM) return a + b;
  if (operation == MAX) return max<f32>(a, b);
  return min<f32>(a, b);
}

@inline
function neutral(operation: i32): f32 {
  if (operation == SUM) return 0;
  if (operation == MAX) return -Infinity;
  return Infinity;
}

/** Folds `count` elements in a row: 16 running values, then those in a fixed order. */
@inline
function foldRun(operation: i32, x: usize, count: i32): f32 {
  const start = f32x4.splat(neutral(operation));
  let r0 = start;
  let r1 = start;
  let r2 = start;
  let r3 = start;
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    r0 = fold(operation, r0, v128.load(x, 0));
    r1 = fold(operation, r1, v128.load(x, 16));
    r2 = fold(operation, r2, v128.load(x, 32));
    r3 = fold(operation, r3, v128.load(x, 48));
    x += 64;
  }
  for (; i + 4 <= count; i += 4) {
    r0 = fold(operation, r0, v128.load(x));
    x += 16;
  }
  const r = fold(operation, fold(operation, r0, r1), fold(operation, r2, r3));
  let result = foldScalar(
    operation,
    foldScalar(operation, f32x4.extract_lane(r, 0), f32x4.extract_lane(r, 2)),
    foldScalar(operation, f32x4.extract_lane(r, 1), f32x4.extract_lane(r, 3)),
  );
  for (; i < count; i++) {
    result = foldScalar(operation, result, load<f32>(x));
    x += 4;
  }
  return result;
}

@inline
function foldRows(
  operation: i32,
  x: usize,
  y: usize,
  length: i32,
  chunk: i32,
  chunks: i32,
  divisor: f32,
  begin: i32,
  end: i32,
): void {
  for (let task = begin; task < end; task++) {
    const first = (task % chunks) * chunk;
    const row = task / chunks;
    const count = min(chunk, length - first);
    const result = foldRun(operation, x + (<usize>(row * length + first) << 2), count);
    store<f32>(y + (<usize>task << 2), result / divisor);
  }
}

/**
 * Folds the last axis of x [rows, length] in chunks. Returns y [rows, chunks], divided by `divisor`. Tasks are chunks.
 */
export function reduceRows(
  operation: i32,
  x: usize,
  y: usize,
  length: i32,
  chunk: i32,
  chunks: i32,
  divisor: f32,
  begin: i32,
  end: i32,
): void {
  if (operation == SUM) foldRows(SUM, x, y, length, chunk, chunks, divisor, begin, end);
  else if (operation == MAX) foldRows(MAX, x, y, length, chunk, chunks, divisor, begin, end);
  else foldRows(MIN, x, y, length, chunk, chunks, divisor, begin, end);
}

/** Folds `count` rows that are `pitch` bytes apart, `width` columns of each. */
@inline
function foldColumnsRun(operation: i32, x: usize, y: usize, count: i32, pitch: usize, width: i32, divisor: f32): void {
  const by = f32x4.splat(divisor);
  let column = 0;
  for (; column + 16 <= width; column += 16) {
    let from = x + (<usize>column << 2);
    let r0 = v128.load(from, 0);
    let r1 = v128.load(from, 16);
    let r2 = v128.load(from, 32);
    let r3 = v128.load(from, 48);
    for (let row = 1; row < count; row++) {
      from += pitch;
      r0 = fold(operation, r0, v128.load(from, 0));
      r1 = fold(operation, r1, v128.load(from, 16));
      r2 = fold(operation, r2, v128.load(from, 32));
      r3 = fold(operation, r3, v128.load(from, 48));
    }
    const to = y + (<usize>column << 2);
    v128.store(to, f32x4.div(r0, by), 0);
    v128.store(to, f32x4.div(r1, by), 16);
    v128.store(to, f32x4.div(r2, by), 32);
    v128.store(to, f32x4.div(r3, by), 48);
  }
  for (; column < width; column += 4) {
    let from = x + (<usize>column << 2);
    let r = v128.load(from);
    for (let row = 1; row < count; row++) {
      from += pitch;
      r = fold(operation, r, v128.load(from));
    }
    storeLanes(y + (<usize>column << 2), f32x4.div(r, by), width - column);
  }
}

/**
 * Folds the middle axis of x [outer, length, inner] in chunks. Returns y [outer, chunks, inner], divided by `divisor`.
 * Tasks are chunks.
 */
export function reduceColumns(
  operation: i32,
  x: usize,
  y: usize,
  length: i32,
  inner: i32,
  chunk: i32,
  chunks: i32,
  divisor: f32,
  begin: i32,
  end: i32,
): void {
  const pitch = <usize>inner << 2;
  for (let task = begin; task < end; task++) {
    const first = (task % chunks) * chunk;
    const from = x + <usize>((task / chunks) * length + first) * pitch;
    const to = y + <usize>task * pitch;
    const count = min(chunk, length - first);
    if (operation == SUM) foldColumnsRun(SUM, from, to, count, pitch, inner, divisor);
    else if (operation == MAX) foldColumnsRun(MAX, from, to, count, pitch, inner, divisor);
    else foldColumnsRun(MIN, from, to, count, pitch, inner, divisor);
  }
}
