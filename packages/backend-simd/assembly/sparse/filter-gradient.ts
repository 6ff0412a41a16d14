import { Convolution, rowPitch } from '../conv/convolution';
import { sourceRows, sourceRowsBytes } from '../conv/source-rows';
import { Pooling } from '../pool/pooling';
import { scratchPointer } from '../scratch';
import { accumulateEntries, accumulateThreeRows } from './accumulate';

// A sparse gradient of a feature map is that of its max pooling: for each window and channel a value and the place of
// the window's winner, 255 where it has none. All other elements of the map are zero.

/** Output channels whose winners are listed at a time. */
const CHANNELS: i32 = 16;

/**
 * Gradient of a convolution's weights from a sparse gradient of its output: for each winner, the patch of the source
 * that it was computed from, times its gradient. One partial sum [taps, outChannels] for each group of images.
 * Tasks are (group, block of `channelsPerTask` output channels). Images are walked `poolRows` pooled rows at a time,
 * which keeps the source rows in the first-level cache; `shape.rowsPerTask` is at least the rows that these cover.
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
  poolRows: i32,
  channelsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  const blocks = (shape.outChannels + channelsPerTask - 1) / channelsPerTask;
  const taps = shape.segmentCount * shape.segmentLength;
  const width = (shape.segmentLength + 3) & ~3;
  const channelFloats = shape.segmentCount * width;
  const sumsBytes = <usize>(channelsPerTask * shape.segmentCount * width) << 2;
  const sums = scratchPointer + sourceRowsBytes(shape, shape.rowsPerTask);
  // One more than there are windows: the last one written may not count.
  const capacity = poolRows * pool.outColumns + 1;
  const places = sums + sumsBytes;
  const ends = places + 1024;
  const entries = ends + 64;
  writePlaces(shape, pool, places);
  for (let task = begin; task < end; task++) {
    const group = task / blocks;
    const firstChannel = (task - group * blocks) * channelsPerTask;
    const lastChannel = min(firstChannel + channelsPerTask, shape.outChannels);
    memory.fill(sums, 0, sumsBytes);
    const lastImage = min((group + 1) * imagesPerGroup, images);
    for (let image = group * imagesPerGroup; image < lastImage; image++) {
      for (let row = 0; row < pool.outRows; row += poolRows) {
        const lastRow = min(row + poolRows, pool.outRows);
        const firstSource = max(row * pool.rowStep - pool.padTop, 0);
        const lastSource = min((lastRow - 1) * pool.rowStep - pool.padTop + pool.windowRows, shape.outRows);
        const source = sourceRows(shape, x, image, firstSource, lastSource - firstSource);
        const place = <usize>((image * pool.outRows + row) * pool.outColumns) * shape.outChannels;
        const topOffset = row * pool.rowStep - pool.padTop - firstSource;
        for (let channel = firstChannel; channel < lastChannel; channel += CHANNELS) {
          const count = min(CHANNELS, lastChannel - channel);
          for (let i = 0; i < count; i++) {
            store<u32>(ends + (<usize>i << 2), <u32>(entries + (<usize>(i * capacity) << 3)));
          }
          const from = place + channel;
          collect(shape, pool, dy + (from << 2), winners + from, count, lastRow - row, topOffset, places, ends);
          let target = sums + (<usize>((channel - firstChannel) * channelFloats) << 2);
          for (let i = 0; i < count; i++) {
            const list = entries + (<usize>(i * capacity) << 3);
            const listEnd = load<u32>(ends + (<usize>i << 2));
            if (list != listEnd) addPatches(shape, target, source, width, list, listEnd);
            target += <usize>channelFloats << 2;
          }
        }
      }
    }
    const gradient = partials + (<usize>(group * taps * shape.outChannels) << 2);
    writeSums(shape, sums, width, gradient, firstChannel, lastChannel - firstChannel);
  }
}

/** Byte offsets, from a window's corner, of the patches of its places. */
function writePlaces(shape: Convolution, pool: Pooling, places: usize): void {
  const rowBytes = (rowPitch(shape) * shape.rowStep) << 2;
  const columnBytes = (shape.columnStep * shape.sourceChannels) << 2;
  for (let i = 0; i < pool.windowRows; i++) {
    for (let j = 0; j < pool.windowColumns; j++) {
      store<i32>(places + (<usize>(i * pool.windowColumns + j) << 2), i * rowBytes + j * columnBytes);
    }
  }
}

/**
 * Appends the winners of `rows` pooled rows to the list of their channel: the byte offset of the patch, and the
 * gradient. Without branches: an entry of no account is written and not counted.
 */
function collect(
  shape: Convolution,
  pool: Pooling,
  dy: usize,
  winners: usize,
  count: i32,
  rows: i32,
  topOffset: i32,
  places: usize,
  ends: usize,
): void {
  const rowBytes = (rowPitch(shape) * shape.rowStep) << 2;
  const columnBytes = (shape.columnStep * shape.sourceChannels) << 2;
  const channels = shape.outChannels;
  const pixelBytes = <usize>channels << 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < pool.outColumns; column++) {
      const left = column * pool.columnStep - pool.padLeft;
      const corner = (topOffset + row * pool.rowStep) * rowBytes + left * columnBytes;
      let at = winners;
      const slotsEnd = ends + (<usize>count << 2);
      for (let slot = ends, from = dy; slot != slotsEnd; slot += 4, from += 4) {
        const winner = <usize>load<u8>(at++);
        const value = load<u32>(from);
        const entry = <usize>load<u32>(slot);
        store<i32>(entry, corner + load<i32>(places + (winner << 2)));
        store<u32>(entry, value, 4);
        // Shifted by one: minus zero is zero.
        store<u32>(slot, <u32>entry + ((<u32>(value << 1 != 0) & <u32>(winner != 255)) << 3));
      }
      dy += pixelBytes;
      winners += channels;
    }
  }
}

/** Adds the patches of one channel's winners to its sums, [segment][width]. */
function addPatches(
  shape: Convolution,
  target: usize,
  source: usize,
  width: i32,
  list: usize,
  listEnd: usize,
): void {
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
