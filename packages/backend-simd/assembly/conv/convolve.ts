import { scratchPointer } from '../scratch';
import { doublesBytes, multiplyDoubles, promoteMatrix, promotePanel } from '../tile/multiply-doubles';
import { multiplyPanel } from '../tile/multiply-panel';
import { panelWidth } from '../tile/panel';
import { floorAddress, zeros } from '../tile/zeros';
import { Convolution, rowPitch } from './convolution';
import { gatheredBytes, gatherTaps, sourceRows, sourceRowsBytes } from './source-rows';
import { winogradRows } from './winograd';

/**
 * y = max(convolution of x with packed weights + bias, floor). `bias` 0: none. `floor` 0: ReLU, -infinity: none.
 * Tasks are blocks of `rowsPerTask` output rows of an image.
 */
export function convolve(
  shape: Convolution,
  x: usize,
  packed: usize,
  bias: usize,
  floor: f32,
  y: usize,
  begin: i32,
  end: i32,
): void {
  const blocks = (shape.outRows + shape.rowsPerTask - 1) / shape.rowsPerTask;
  for (let task = begin; task < end; task++) {
    const image = task / blocks;
    const row = (task - image * blocks) * shape.rowsPerTask;
    const rows = min(shape.rowsPerTask, shape.outRows - row);
    const target = y + (<usize>(image * shape.outImageStride + shape.outOffset + row * shape.outRowStride) << 2);
    convolveRows(shape, x, packed, bias, floor, image, row, rows, target, shape.outRowStride, shape.outPixelStride);
  }
}

/** `rows` output rows of one image into `y`, with strides in floats. */
export function convolveRows(
  shape: Convolution,
  x: usize,
  packed: usize,
  bias: usize,
  floor: f32,
  image: i32,
  row: i32,
  rows: i32,
  y: usize,
  rowStride: i32,
  pixelStride: i32,
): void {
  // Winograd's tiles are two outputs high.
  const wholeRows = shape.transformed ? (rows + 1) & ~1 : rows;
  const source = sourceRows(shape, x, image, row, wholeRows);
  if (shape.transformed) {
    const scratch = scratchPointer + sourceRowsBytes(shape, (shape.rowsPerTask + 1) & ~1);
    const columns = shape.outColumns;
    const weights = <usize>shape.transformed;
    if (winogradRows(shape, source, weights, bias, floor, rows, columns, scratch, y, rowStride, pixelStride)) return;
  }
  const taps = shape.segmentCount * shape.segmentLength;
  const matrix = shape.gathered ? gatherTaps(shape, source, rows) : 0;
  if (matrix && shape.exact) {
    convolveExactly(shape, matrix, taps, packed, bias, floor, rows, y, rowStride, pixelStride);
    return;
  }
  const lowest = floorAddress(floor);
  const pitchBytes = <usize>(rowPitch(shape) * shape.rowStep) << 2;
  const pixelBytes = <usize>(shape.columnStep * shape.sourceChannels) << 2;
  for (let channel = 0; channel < shape.outChannels; ) {
    const columns = shape.outChannels - channel;
    const panel = packed + ((<usize>channel * taps) << 2);
    const start = bias ? bias + (<usize>channel << 2) : zeros;
    let target = y + (<usize>channel << 2);
    if (matrix && rowStride == pixelStride * shape.outColumns) {
      multiplyPanel(
        matrix, <usize>taps << 2, 4, shape.singleSegment, 1, taps,
        panel, start, 0, lowest, target, <usize>pixelStride << 2, columns, rows * shape.outColumns,
      );
    } else {
      for (let i = 0; i < rows; i++) {
        if (matrix) {
          multiplyPanel(
            matrix + (<usize>(i * shape.outColumns * taps) << 2), <usize>taps << 2, 4, shape.singleSegment, 1, taps,
            panel, start, 0, lowest, target, <usize>pixelStride << 2, columns, shape.outColumns,
          );
        } else {
          multiplyPanel(
            source + <usize>i * pitchBytes, pixelBytes, 4, shape.segments, shape.segmentCount, shape.segmentLength,
            panel, start, 0, lowest, target, <usize>pixelStride << 2, columns, shape.outColumns,
          );
        }
        target += <usize>rowStride << 2;
      }
    }
    channel += panelWidth(columns);
  }
}

/** The same from gathered taps, with sums in double precision that are rounded once. */
function convolveExactly(
  shape: Convolution,
  matrix: usize,
  taps: i32,
  packed: usize,
  bias: usize,
  floor: f32,
  rows: i32,
  y: usize,
  rowStride: i32,
  pixelStride: i32,
): void {
  const doubles = matrix + gatheredBytes(shape, shape.rowsPerTask);
  const count = rows * shape.outColumns;
  promoteMatrix(matrix, doubles, count * taps);
  const promoted = doubles + doublesBytes(shape.rowsPerTask * shape.outColumns, taps);
  const contiguous = rowStride == pixelStride * shape.outColumns;
  for (let channel = 0; channel < shape.outChannels; ) {
    const columns = shape.outChannels - channel;
    const width = panelWidth(columns);
    const start = bias ? bias + (<usize>channel << 2) : zeros;
    promotePanel(packed + ((<usize>channel * taps) << 2), taps, width, start, columns, promoted);
    let target = y + (<usize>channel << 2);
    const runs = contiguous ? 1 : rows;
    const runRows = contiguous ? count : shape.outColumns;
    for (let i = 0; i < runs; i++) {
      multiplyDoubles(
        doubles + ((<usize>(i * runRows * taps)) << 3), taps, promoted, width, floorAddress(floor),
        target, <usize>pixelStride << 2, columns, runRows,
      );
      target += <usize>rowStride << 2;
    }
    channel += width;
  }
}
