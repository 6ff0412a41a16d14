import { scratchPointer } from '../scratch';
import { multiplyPanel } from '../tile/multiply-panel';
import { panelWidth } from '../tile/panel';
import { floorAddress, zeros } from '../tile/zeros';
import { Convolution, rowPitch } from './convolution';
import { gatherTaps, sourceRows, sourceRowsBytes } from './source-rows';

/**
 * Gradient of a convolution's weights, one partial sum [taps, outChannels] for each group of images.
 * Tasks are (group, panel of 16 output channels, segment); where taps are gathered, all segments are one.
 */
export function convFilterGradient(
  shape: Convolution,
  x: usize,
  dy: usize,
  partials: usize,
  images: i32,
  imagesPerGroup: i32,
  begin: i32,
  end: i32,
): void {
  const panels = (shape.outChannels + 15) / 16;
  const segmentTasks = shape.gathered ? 1 : shape.segmentCount;
  for (let task = begin; task < end; task++) {
    const segment = task % segmentTasks;
    const panel = (task / segmentTasks) % panels;
    const group = task / (segmentTasks * panels);
    const first = group * imagesPerGroup;
    const last = min(first + imagesPerGroup, images);
    const taps = shape.segmentCount * shape.segmentLength;
    const target = partials + (<usize>(group * taps * shape.outChannels) << 2);
    for (let image = first; image < last; image++) {
      addImage(shape, x, dy, target, image, image == first, panel * 16, segment);
    }
  }
}

function addImage(
  shape: Convolution,
  x: usize,
  dy: usize,
  gradient: usize,
  image: i32,
  fresh: bool,
  firstChannel: i32,
  segment: i32,
): void {
  const rows = shape.outRows;
  const channels = shape.outChannels;
  const pixels = rows * shape.outColumns;
  const taps = shape.segmentCount * shape.segmentLength;
  const source = sourceRows(shape, x, image, 0, rows);
  let free = scratchPointer + sourceRowsBytes(shape, rows);
  let matrix: usize = 0;
  if (shape.gathered) {
    matrix = gatherTaps(shape, source, rows);
    free = (matrix + (<usize>(pixels * taps) << 2) + 15) & ~15;
  }
  // One byte offset a row of outputs: the rows of this product are taps, its inner dimension is the outputs.
  const rowOffsets = free;
  const pitchBytes = (rowPitch(shape) * shape.rowStep) << 2;
  for (let row = 0; row < rows; row++) store<i32>(rowOffsets + (<usize>row << 2), row * pitchBytes);
  const panel = (rowOffsets + (<usize>rows << 2) + 15) & ~15;
  const lowest = floorAddress(-Infinity);
  const stepBytes = <usize>(shape.columnStep * shape.sourceChannels) << 2;
  const limit = min(firstChannel + 16, channels);
  for (let channel = firstChannel; channel < limit; ) {
    const width = panelWidth(channels - channel);
    packGradient(dy + (<usize>(image * pixels * channels + channel) << 2), channels, pixels, width, channels - channel, panel);
    const firstTap = shape.gathered ? 0 : segment * shape.segmentLength;
    const y = gradient + (<usize>(firstTap * channels + channel) << 2);
    const start = fresh ? zeros : y;
    const yBytes = <usize>channels << 2;
    const startBytes = fresh ? 0 : yBytes;
    if (matrix) {
      multiplyPanel(
        matrix, 4, <usize>taps << 2, shape.singleSegment, 1, pixels,
        panel, start, startBytes, lowest, y, yBytes, channels - channel, taps,
      );
    } else {
      multiplyPanel(
        source + load<u32>(shape.segments + (<usize>segment << 2)), 4, stepBytes, rowOffsets, rows, shape.outColumns,
        panel, start, startBytes, lowest, y, yBytes, channels - channel, shape.segmentLength,
      );
    }
    channel += width;
  }
}

/** `width` channels of each pixel, together; behind the last channel follow values that nothing keeps. */
function packGradient(dy: usize, channels: i32, pixels: i32, width: i32, present: i32, panel: usize): void {
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
