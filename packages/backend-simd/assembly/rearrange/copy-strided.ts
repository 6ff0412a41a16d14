/**
 * Copies rows of 4-byte elements between arrays, over four axes of which the innermost has `side3` rows; strides in
 * elements. Within a row the source advances by `step`, the target by one. Tasks are groups of rows. See
 * src/kernels/rearrange/strided-copy.ts.
 */
export function copyStrided(
  source: usize,
  target: usize,
  rowLength: i32,
  step: i32,
  rowsPerTask: i32,
  rows: i32,
  side1: i32,
  side2: i32,
  side3: i32,
  source0: i32,
  source1: i32,
  source2: i32,
  source3: i32,
  target0: i32,
  target1: i32,
  target2: i32,
  target3: i32,
  begin: i32,
  end: i32,
): void {
  const last = min(end * rowsPerTask, rows);
  for (let row = begin * rowsPerTask; row < last; row++) {
    const above3 = row / side3;
    const above2 = above3 / side2;
    const i3 = row - above3 * side3;
    const i2 = above3 - above2 * side2;
    const i0 = above2 / side1;
    const i1 = above2 - i0 * side1;
    copyRow(
      source + (<usize>(i0 * source0 + i1 * source1 + i2 * source2 + i3 * source3) << 2),
      target + (<usize>(i0 * target0 + i1 * target1 + i2 * target2 + i3 * target3) << 2),
      rowLength,
      step,
    );
  }
}

/** Below this many elements a loop is faster than the call that `memory.copy` becomes. */
const SHORT: i32 = 128;

@inline
function copyRow(from: usize, to: usize, length: i32, step: i32): void {
  let i = 0;
  if (step == 1) {
    if (length > SHORT) {
      memory.copy(to, from, <usize>length << 2);
      return;
    }
    for (; i + 4 <= length; i += 4) {
      v128.store(to, v128.load(from));
      from += 16;
      to += 16;
    }
  }
  const stepBytes = <usize>step << 2;
  for (; i < length; i++) {
    store<i32>(to, load<i32>(from));
    from += stepBytes;
    to += 4;
  }
}
