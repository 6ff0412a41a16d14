import type { SimdBackend } from '../../simd-backend.ts';

/** A product of two matrices in linear memory; addresses, sizes in elements. */
export interface Product {
  /** `[rows, depth]`, or `[depth, rows]` where transposed. */
  readonly a: number;
  readonly transposeA: boolean;
  /** `[depth, columns]`, or `[columns, depth]` where transposed. */
  readonly b: number;
  readonly transposeB: boolean;
  /** `[columns]`; 0: none. */
  readonly bias: number;
  readonly relu: boolean;
  readonly y: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

const ROWS_PER_TASK = 128;
const WANTED_TASKS = 16;
/** Each task packs its panel anew: with fewer rows that would show. */
const LEAST_ROWS = 16;
/** A block of a panel: 256 rows of 16 columns. */
const PANEL_BYTES = 256 * 16 * 4;
/** For so few rows packing `b` would cost more than it saves. */
const FEW_ROWS = 3;

/** `y = a b + bias`, or the ReLU of it. */
export function multiply(backend: SimdBackend, product: Product): void {
  const { a, transposeA, b, transposeB, bias, relu, y, rows, depth, columns } = product;
  const floor = relu ? 0 : Number.NEGATIVE_INFINITY;
  const aRowStride = transposeA ? 1 : depth;
  const aDepthStride = transposeA ? rows : 1;
  const sizes = [rows, depth, columns];
  const work = rows * depth * columns;
  if (rows <= FEW_ROWS && !transposeB) {
    const args = [a, aRowStride, aDepthStride, b, bias, floor, y, ...sizes];
    backend.run({ kernel: 'multiplyFewByRows', args, tasks: Math.ceil(columns / 24), work });
    return;
  }
  if (rows <= FEW_ROWS && aDepthStride === 1) {
    const args = [a, aRowStride, b, bias, floor, y, ...sizes];
    backend.run({ kernel: 'multiplyFewByColumns', args, tasks: Math.ceil(columns / 4), work });
    return;
  }
  const panels = Math.ceil(columns / 16);
  let rowsPerTask = Math.min(rows, ROWS_PER_TASK);
  while (panels * Math.ceil(rows / rowsPerTask) < WANTED_TASKS && rowsPerTask >= 2 * LEAST_ROWS) {
    rowsPerTask = Math.ceil(rowsPerTask / 4) * 2;
  }
  backend.run({
    kernel: 'multiply',
    args: [
      ...[a, aRowStride, aDepthStride, b, transposeB ? 1 : columns, transposeB ? depth : 1],
      ...[bias, floor, y, ...sizes, rowsPerTask],
    ],
    tasks: panels * Math.ceil(rows / rowsPerTask),
    work,
    scratchBytes: PANEL_BYTES,
  });
}
