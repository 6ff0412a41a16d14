import { panelWidth } from './panel';
import { tile1x4, tile4x4 } from './tile-4';
import { tile1x8, tile4x8 } from './tile-8';
import { tile1x16, tile2x16 } from './tile-16';

/**
 * y[r, c] = max(floor, start[r, c] + sum over i of a[r, i] * panel[i, c]) for one panel and `rows` rows. This is all
 * the multiplying that convolution, its gradients and matrix products do.
 *
 * Row r of `a` starts at `a + r * rowBytes` and is a list of segments, each `length` elements `stepBytes` apart that
 * begin `segments[j]` bytes from the row's start. Row r of `start` begins at `start + r * startBytes`: a bias has
 * `startBytes` 0, a partial sum that of y. `floor` is the address of the least value (zeros.ts). `columns` is how many of the panel's columns exist.
 */
export function multiplyPanel(
  a: usize,
  rowBytes: usize,
  stepBytes: usize,
  segments: usize,
  segmentCount: i32,
  length: i32,
  panel: usize,
  start: usize,
  startBytes: usize,
  floor: usize,
  y: usize,
  yBytes: usize,
  columns: i32,
  rows: i32,
): void {
  const width = panelWidth(columns);
  let row = 0;
  if (width == 16) {
    for (; row + 2 <= rows; row += 2) {
      tile2x16(a, rowBytes, stepBytes, segments, segmentCount, length, panel, start, startBytes, floor, y, yBytes, columns);
      a += 2 * rowBytes;
      start += 2 * startBytes;
      y += 2 * yBytes;
    }
    if (row < rows) {
      tile1x16(a, rowBytes, stepBytes, segments, segmentCount, length, panel, start, startBytes, floor, y, yBytes, columns);
    }
    return;
  }
  for (; row + 4 <= rows; row += 4) {
    if (width == 8) {
      tile4x8(a, rowBytes, stepBytes, segments, segmentCount, length, panel, start, startBytes, floor, y, yBytes, columns);
    } else {
      tile4x4(a, rowBytes, stepBytes, segments, segmentCount, length, panel, start, startBytes, floor, y, yBytes, columns);
    }
    a += 4 * rowBytes;
    start += 4 * startBytes;
    y += 4 * yBytes;
  }
  for (; row < rows; row++) {
    if (width == 8) {
      tile1x8(a, rowBytes, stepBytes, segments, segmentCount, length, panel, start, startBytes, floor, y, yBytes, columns);
    } else {
      tile1x4(a, rowBytes, stepBytes, segments, segmentCount, length, panel, start, startBytes, floor, y, yBytes, columns);
    }
    a += rowBytes;
    start += startBytes;
    y += yBytes;
  }
}
