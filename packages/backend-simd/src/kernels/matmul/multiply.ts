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
/** A block of a panel: 256 rows of 16 columns. */
const PANEL_BYTES = 256 * 16 * 4;

/** `y = a b + bias`, or the ReLU of it. */
export function multiply(backend: SimdBackend, product: Product): void {
  const { a, transposeA, b, transposeB, bias, relu, y, rows, depth, columns } = product;
  const panels = Math.ceil(columns / 16);
  const rowsPerTask = Math.min(rows, ROWS_PER_TASK);
  backend.run({
    kernel: 'multiply',
    args: [
      ...[a, transposeA ? 1 : depth, transposeA ? rows : 1, b, transposeB ? 1 : columns, transposeB ? depth : 1],
      ...[bias, relu ? 0 : Number.NEGATIVE_INFINITY, y, rows, depth, columns, rowsPerTask],
    ],
    tasks: panels * Math.ceil(rows / rowsPerTask),
    work: rows * depth * columns,
    scratchBytes: PANEL_BYTES,
  });
}
