import { copyFloats } from '../floats';
import { scratchPointer } from '../scratch';
import { multiplyPanel } from '../tile/multiply-panel';
import { panelWidth } from '../tile/panel';
import { floorAddress, zeros } from '../tile/zeros';
import { Convolution, rowPitch } from './convolution';
import { gatherTaps, sourceRows, sourceRowsBytes } from './source-rows';

/**
 * Gradient of a convolution's weights, one partial sum [taps, outChannels] for each group of images. Rows of outputs are
 * taken `shape.rowsPerTask` at a time, so that they and the source rows under them stay in the cache for all taps.
 * Tasks are (group, panel of 16 output channels). The sums of a task lie `sumsOffset` bytes into scratch memory.
 */
export function convFilterGradient(
  shape: Convolution,
  x: usize,
  dy: usize,
  partials: usize,
  images: i32,
  imagesPerGroup: i32,
  sumsOffset: usize,
  begin: i32,
  end: i32,
): void {
  const panels = (shape.outChannels + 15) / 16;
  const taps = shape.segmentCount * shape.segmentLength;
  for (let task = begin; task < end; task++) {
    const group = task / panels;
    const firstChannel = (task - group * panels) * 16;
    const first = group * imagesPerGroup;
    const last = min(first + imagesPerGroup, images);
    // Rows of the gradient lie a power of two apart as a rule and would drive each other out of the cache.
    const sums = scratchPointer + sumsOffset;
    for (let image = first; image < last; image++) {
      for (let row = 0; row < shape.outRows; row += shape.rowsPerTask) {
        const rows = min(shape.rowsPerTask, shape.outRows - row);
        addRows(shape, x, dy, sums, image, row, rows, firstChannel, image == first && row == 0);
      }
    }
    const present = min(16, shape.outChannels - firstChannel);
    let target = partials + (<usize>(group * taps * shape.outChannels + firstChannel) << 2);
    for (let tap = 0; tap < taps; tap++) {
      copyFloats(target, sums + (<usize>tap << 6), present);
      target += <usize>shape.outChannels << 2;
    }
  }
}

/** Adds what `rows` rows of outputs give to `sums` [taps][16]; `fresh` where they are the first. */
function addRows(
  shape: Convolution,
  x: usize,
  dy: usize,
  sums: usize,
  image: i32,
  row: i32,
  rows: i32,
  firstChannel: i32,
  fresh: bool,
): void {
  const channels = shape.outChannels;
  const pixels = rows * shape.outColumns;
  const taps = shape.segmentCount * shape.segmentLength;
  const source = sourceRows(shape, x, image, row, rows);
  let free = scratchPointer + sourceRowsBytes(shape, rows);
  let matrix: usize = 0;
  if (shape.gathered) {
    matrix = gatherTaps(shape, source, rows);
    free = (matrix + (<usize>(pixels * taps) << 2) + 15) & ~15;
  }
  // One byte offset a row of outputs: the rows of this product are taps, its inner dimension is the outputs.
  const rowOffsets = free;
  const pitchBytes = (rowPitch(shape) * shape.rowStep) << 2;
  for (let i = 0; i < rows; i++) store<i32>(rowOffsets + (<usize>i << 2), i * pitchBytes);
  const panel = (rowOffsets + (<usize>rows << 2) + 15) & ~15;
  const lowest = floorAddress(-Infinity);
  const stepBytes = <usize>(shape.columnStep * shape.sourceChannels) << 2;
  const limit = min(firstChannel + 16, channels);
  const firstPixel = (image * shape.outRows + row) * shape.outColumns;
  const startBytes: usize = fresh ? 0 : 64;
  for (let channel = firstChannel; channel < limit; ) {
    const width = panelWidth(channels - channel);
    packGradient(dy + (<usize>(firstPixel * channels + channel) << 2), channels, pixels, width, panel);
    let y = sums + (<usize>(channel - firstChannel) << 2);
    if (matrix) {
      multiplyPanel(
        matrix, 4, <usize>taps << 2, shape.singleSegment, 1, pixels,
        panel, fresh ? zeros : y, startBytes, lowest, y, 64, channels - channel, taps,
      );
    } else {
      for (let segment = 0; segment < shape.segmentCount; segment++) {
        multiplyPanel(
          source + load<u32>(shape.segments + (<usize>segment << 2)), 4, stepBytes, rowOffsets, rows, shape.outColumns,
          panel, fresh ? zeros : y, startBytes, lowest, y, 64, channels - channel, shape.segmentLength,
        );
        y += <usize>shape.segmentLength << 6;
      }
    }
    channel += width;
  }
}

/** `width` channels of each pixel, together; behind the last channel follow values that nothing keeps. */
function packGradient(dy: usize, channels: i32, pixels: i32, width: i32, panel: usize): void {
  const pixelBytes = <usize>channels << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let i = 0; i < width; i += 4) {
      v128.store(panel, v128.load(dy + (<usize>i << 2)));
      panel += 16;
    }
    dy += pixelBytes;
  }
}

/** sums[i] = sum over parts p, in order, of partials[p * size + i]. Tasks are blocks of 1024 elements. */
export function sumPartials(partials: usize, sums: usize, parts: i32, size: i32, begin: i32, end: i32): void {
  const last = min(end * 1024, size);
  let i = begin * 1024;
  for (; i + 4 <= last; i += 4) {
    let sum = v128.load(partials + (<usize>i << 2));
    for (let part = 1; part < parts; part++) {
      sum = f32x4.add(sum, v128.load(partials + (<usize>(part * size + i) << 2)));
    }
    v128.store(sums + (<usize>i << 2), sum);
  }
  for (; i < last; i++) {
    let sum = load<f32>(partials + (<usize>i << 2));
    for (let part = 1; part < parts; part++) sum += load<f32>(partials + (<usize>(part * size + i) << 2));
    store<f32>(sums + (<usize>i << 2), sum);
  }
}
