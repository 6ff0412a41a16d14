import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';

/** A matrix made of blocks of rows, each block somewhere in memory; strides and offsets in floats. */
export interface BlockedMatrix {
  readonly pointer: number;
  /** Where each block of rows starts. */
  readonly blocks: readonly number[];
  readonly blockRows: number;
  readonly columns: number;
  /** One of the two strides is 1. */
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The matrix in panels of 16 columns (assembly/tile/panel.ts). The caller releases the block. */
export function packPanels(backend: SimdBackend, matrix: BlockedMatrix): LinearBuffer {
  const { blocks, blockRows, columns, rowStride, columnStride } = matrix;
  const rows = blocks.length * blockRows;
  const panels = Math.ceil(columns / 16);
  const packed = backend.memoryPool.allocate(rows * panels * 64);
  const offsets = backend.constants(blocks);
  backend.run({
    kernel: 'packPanels',
    args: [matrix.pointer, packed.pointer, offsets.pointer, blocks.length, blockRows, columns, rowStride, columnStride],
    tasks: panels,
    work: rows * columns * 2,
  });
  offsets.release();
  return packed;
}
