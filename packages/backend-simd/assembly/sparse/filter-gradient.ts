import { Convolution, rowPitch } from '../conv/convolution';
import { sourceRows, sourceRowsBytes } from '../conv/source-rows';
import { Pooling } from '../pool/pooling';
import { scratchPointer } from '../scratch';
import { accumulateEntries, accumulateThreeRows } from './accumulate';
import { activeLanes } from './entries';

/** Output channels of one task. */
const CHANNELS: i32 = 16;

/**
 * Gradient of a convolution's weights from a sparse gradient of its output: for each winner, the patch of the source
 * that it was computed from, times its gradient. One partial sum [taps, outChannels] for each group of images.
 * Tasks are (group, block of 16 output channels).
 */
export function sparseFilterGradient(
  shape: Convolution,
  pool: Pooling,
  x: usize,
  dy: usize,
  winners: usize,
  partials: usize,
  images: i32,
  imagesPerGroup: i32,
  begin: i32,
  end: i32,
): void {
  const blocks = (shape.outChannels + CHANNELS - 1) / CHANNELS;
  const taps = shape.segmentCount * shape.segmentLength;
  const width = (shape.segmentLength + 3) & ~3;
  const sumsBytes = <usize>(CHANNELS * shape.segmentCount * width) << 2;
  const sums = scratchPointer + sourceRowsBytes(shape, shape.outRows);
  const capacity = pool.outRows * pool.outColumns;
  const entries = sums + sumsBytes;
  for (let task = begin; task < end; task++) {
    const group = task / blocks;
    const firstChannel = (task - group * blocks) * CHANNELS;
    const count = min(CHANNELS, shape.outChannels - firstChannel);
    memory.fill(sums, 0, sumsBytes);
    const lastImage = min((group + 1) * imagesPerGroup, images);
    for (let image = group * imagesPerGroup; image < lastImage; image++) {
      const place = <usize>image * capacity * shape.outChannels + firstChannel;
      const ends = collect(shape, pool, dy + (place << 2), winners + place, count, entries, capacity);
      const source = sourceRows(shape, x, image, 0, shape.outRows);
      for (let channel = 0; channel < count; channel++) {
        const list = entries + (<usize>(channel * capacity) << 3);
        const listEnd = load<u32>(ends + (<usize>channel << 2));
        if (list != listEnd) addPatches(shape, sums, source, channel, width, list, listEnd);
      }
    }
    writeSums(shape, sums, width, partials + (<usize>(group * taps * shape.outChannels) << 2), firstChannel, count);
  }
}

/**
 * For each of `count` channels the list of its winners in one image: byte offsets of their patches, and gradients.
 * Returns the address of the ends of the lists, behind them.
 */
function collect(
  shape: Convolution,
  pool: Pooling,
  dy: usize,
  winners: usize,
  count: i32,
  entries: usize,
  capacity: i32,
): usize {
  const ends = entries + (<usize>(CHANNELS * capacity) << 3);
  for (let channel = 0; channel < count; channel++) {
    store<u32>(ends + (<usize>channel << 2), <u32>(entries + (<usize>(channel * capacity) << 3)));
  }
  const rowBytes = (rowPitch(shape) * shape.rowStep) << 2;
  const columnBytes = (shape.columnStep * shape.sourceChannels) << 2;
  for (let row = 0; row < pool.outRows; row++) {
    const top = row * pool.rowStep - pool.padTop;
    for (let column = 0; column < pool.outColumns; column++) {
      const left = column * pool.columnStep - pool.padLeft;
      for (let channel = 0; channel < count; channel += 4) {
        let active = activeLanes(v128.load(dy + (<usize>channel << 2)), winners + channel, count - channel);
        while (active != 0) {
          const at = channel + ctz(active);
          active &= active - 1;
          const winner = <i32>load<u8>(winners + at);
          const i = winner / pool.windowColumns;
          const j = winner - i * pool.windowColumns;
          const slot = ends + (<usize>at << 2);
          const entry = <usize>load<u32>(slot);
          store<u32>(entry, (top + i) * rowBytes + (left + j) * columnBytes);
          store<f32>(entry, load<f32>(dy + (<usize>at << 2)), 4);
          store<u32>(slot, <u32>(entry + 8));
        }
      }
      dy += <usize>shape.outChannels << 2;
      winners += shape.outChannels;
    }
  }
  return ends;
}

/** Adds the patches of one channel's winners to its sums, [segment][width]. */
function addPatches(
  shape: Convolution,
  sums: usize,
  source: usize,
  channel: i32,
  width: i32,
  list: usize,
  listEnd: usize,
): void {
  let target = sums + (<usize>(channel * shape.segmentCount * width) << 2);
  let segment = 0;
  if (width == 4) {
    for (; segment + 3 <= shape.segmentCount; segment += 3) {
      const offsets = shape.segments + (<usize>segment << 2);
      accumulateThreeRows(
        target, source + load<u32>(offsets), source + load<u32>(offsets, 4), source + load<u32>(offsets, 8), list, listEnd,
      );
      target += 48;
    }
  }
  for (; segment < shape.segmentCount; segment++) {
    accumulateEntries(target, source + load<u32>(shape.segments + (<usize>segment << 2)), list, listEnd, shape.segmentLength);
    target += <usize>width << 2;
  }
}

/** Sums [channel][segment][width] to weights [taps][outChannels]. */
function writeSums(shape: Convolution, sums: usize, width: i32, gradient: usize, firstChannel: i32, count: i32): void {
  const length = shape.segmentLength;
  const channelFloats = shape.segmentCount * width;
  for (let segment = 0; segment < shape.segmentCount; segment++) {
    for (let i = 0; i < length; i++) {
      const row = gradient + (<usize>((segment * length + i) * shape.outChannels + firstChannel) << 2);
      const from = sums + (<usize>(segment * width + i) << 2);
      for (let channel = 0; channel < count; channel++) {
        store<f32>(row + (<usize>channel << 2), load<f32>(from + (<usize>(channel * channelFloats) << 2)));
      }
    }
  }
}
