import { scratchPointer } from '../scratch';
import { multiplyPanel } from '../tile/multiply-panel';
import { packPanel } from '../tile/pack-panels';
import { panelWidth } from '../tile/panel';
import { floorAddress, zeros } from '../tile/zeros';

/** Rows of a panel that stay in the first-level cache. */
const DEPTH_BLOCK: i32 = 256;

/**
 * y [rows, columns] = max(a [rows, depth] b [depth, columns] + bias, floor). Strides in floats; one of b's is 1.
 * `bias` 0: none. Tasks are (block of `rowsPerTask` rows, panel of 16 columns). Needs 16 KiB of scratch memory.
 */
export function multiply(
  a: usize,
  rowStride: i32,
  depthStride: i32,
  b: usize,
  bDepthStride: i32,
  bColumnStride: i32,
  bias: usize,
  floor: f32,
  y: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  rowsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  const panels = (columns + 15) / 16;
  for (let task = begin; task < end; task++) {
    const firstRow = (task / panels) * rowsPerTask;
    const count = min(rowsPerTask, rows - firstRow);
    const limit = min((task % panels) * 16 + 16, columns);
    for (let column = (task % panels) * 16; column < limit; ) {
      const target = y + (<usize>(firstRow * columns + column) << 2);
      let firstDepth = 0;
      do {
        const length = min(DEPTH_BLOCK, depth - firstDepth);
        const isFirst = firstDepth == 0;
        const isLast = firstDepth + length == depth;
        const source = b + (<usize>(firstDepth * bDepthStride + column * bColumnStride) << 2);
        packPanel(source, bDepthStride, bColumnStride, length, columns - column, scratchPointer);
        multiplyPanel(
          a + (<usize>(firstRow * rowStride + firstDepth * depthStride) << 2),
          <usize>rowStride << 2, <usize>depthStride << 2, zeros, 1, length, scratchPointer,
          isFirst ? (bias ? bias + (<usize>column << 2) : zeros) : target,
          isFirst ? 0 : <usize>columns << 2,
          floorAddress(isLast ? floor : -Infinity),
          target, <usize>columns << 2, columns - column, count,
        );
        firstDepth += length;
      } while (firstDepth < depth);
      column += panelWidth(columns - column);
    }
  }
}
