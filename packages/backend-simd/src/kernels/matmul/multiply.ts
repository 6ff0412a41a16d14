import type { SimdBackend } from '../../simd-backend.ts';
import { packPanels } from '../tile/pack-panels.ts';

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

const ROWS_PER_TASK = 64;

/** `y = a b + bias`, or the ReLU of it. */
export function multiply(backend: SimdBackend, product: Product): void {
  const { a, transposeA, b, transposeB, bias, relu, y, rows, depth, columns } = product;
  const packed = packPanels(backend, {
    pointer: b,
    blocks: [0],
    blockRows: depth,
    columns,
    rowStride: transposeB ? 1 : columns,
    columnStride: transposeB ? depth : 1,
  });
  const zero = backend.constants([0]);
  const panels = Math.ceil(columns / 16);
  const rowsPerTask = Math.min(rows, ROWS_PER_TASK);
  backend.run({
    kernel: 'multiply',
    args: [
      ...[a, transposeA ? 1 : depth, transposeA ? rows : 1, packed.pointer, bias],
      ...[relu ? 0 : Number.NEGATIVE_INFINITY, y, rows, depth, columns, rowsPerTask, zero.pointer],
    ],
    tasks: panels * Math.ceil(rows / rowsPerTask),
    work: rows * depth * columns,
  });
  zero.release();
  packed.release();
}
