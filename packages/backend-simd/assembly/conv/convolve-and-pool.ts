import { maxPoolRow } from '../pool/max-pool';
import { Pooling } from '../pool/pooling';
import { scratchPointer } from '../scratch';
import { Convolution } from './convolution';
import { convolveRows } from './convolve';

/**
 * y = max pooling of max(convolution of x + bias, floor), and the winners of its windows: the rows of the convolution
 * live in scratch memory, `rowsOffset` bytes in, only until they are pooled. Tasks are blocks of `poolRowsPerTask`
 * pooled rows of an image.
 */
export function convolveAndPool(
  shape: Convolution,
  pool: Pooling,
  x: usize,
  packed: usize,
  bias: usize,
  floor: f32,
  y: usize,
  winners: usize,
  poolRowsPerTask: i32,
  rowsOffset: usize,
  begin: i32,
  end: i32,
): void {
  const blocks = (pool.outRows + poolRowsPerTask - 1) / poolRowsPerTask;
  const rowFloats = shape.outColumns * shape.outChannels;
  const outFloats = pool.outColumns * pool.channels;
  const rows = scratchPointer + rowsOffset;
  for (let task = begin; task < end; task++) {
    const image = task / blocks;
    const firstOut = (task - image * blocks) * poolRowsPerTask;
    const lastOut = min(firstOut + poolRowsPerTask, pool.outRows);
    const firstRow = max(firstOut * pool.rowStep - pool.padTop, 0);
    const lastRow = min((lastOut - 1) * pool.rowStep - pool.padTop + pool.windowRows, pool.inRows);
    convolveRows(
      shape, x, packed, bias, floor, image, firstRow, lastRow - firstRow, rows, rowFloats, shape.outChannels,
    );
    for (let out = firstOut; out < lastOut; out++) {
      const target = <usize>(image * pool.outRows + out) * outFloats;
      maxPoolRow(pool, rows, firstRow, out, y + (target << 2), winners + target);
    }
  }
}
