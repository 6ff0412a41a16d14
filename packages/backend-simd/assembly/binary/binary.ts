import { BLOCK } from '../elementwise/block';
import { combineRow } from './combine';

/** Operands of one shape, or one of them a single value. Tasks are blocks of `BLOCK` elements. */
export function binaryFlat(
  operation: i32,
  repeated: i32,
  a: usize,
  b: usize,
  y: usize,
  size: i32,
  begin: i32,
  end: i32,
): void {
  const first = begin * BLOCK;
  const offset = <usize>first << 2;
  const count = min(end * BLOCK, size) - first;
  combineRow(operation, repeated, repeated == 1 ? a : a + offset, repeated == 2 ? b : b + offset, y + offset, count);
}

/**
 * Operands that are broadcast against each other: y as rows over four axes, of which the innermost has `side3`
 * elements; strides of the operands along them in elements. `repeated`: the operand that is one value within a row.
 * Tasks are groups of rows. See src/kernels/binary/broadcast-plan.ts.
 */
export function binaryRows(
  operation: i32,
  repeated: i32,
  a: usize,
  b: usize,
  y: usize,
  rowLength: i32,
  rowsPerTask: i32,
  rows: i32,
  side1: i32,
  side2: i32,
  side3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  begin: i32,
  end: i32,
): void {
  const last = min(end * rowsPerTask, rows);
  const rowBytes = <usize>rowLength << 2;
  for (let row = begin * rowsPerTask; row < last; row++) {
    const above3 = row / side3;
    const above2 = above3 / side2;
    const i3 = row - above3 * side3;
    const i2 = above3 - above2 * side2;
    const i0 = above2 / side1;
    const i1 = above2 - i0 * side1;
    const rowA = a + (<usize>(i0 * a0 + i1 * a1 + i2 * a2 + i3 * a3) << 2);
    const rowB = b + (<usize>(i0 * b0 + i1 * b1 + i2 * b2 + i3 * b3) << 2);
    combineRow(operation, repeated, rowA, rowB, y + <usize>row * rowBytes, rowLength);
  }
}
