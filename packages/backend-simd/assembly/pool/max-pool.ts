import { storeLanes } from '../tile/store-lanes';
import { Pooling } from './pooling';

/**
 * Largest value of each window; padding counts as nothing. `winners` 0: none; else a byte for each output, the place of
 * the first maximum in its window, row-major, or 255 where nothing is above -infinity. NaN is passed over, as tfjs-core's
 * own tests demand.
 * Tasks are rows of outputs.
 */
export function maxPool(shape: Pooling, x: usize, y: usize, winners: usize, begin: i32, end: i32): void {
  const channels = shape.channels;
  const imageFloats = <usize>shape.inRows * shape.inColumns * channels;
  for (let task = begin; task < end; task++) {
    const image = task / shape.outRows;
    const row = task - image * shape.outRows;
    const out = <usize>task * shape.outColumns * channels;
    maxPoolRow(shape, x + ((imageFloats * image) << 2), 0, row, y + (out << 2), winners ? winners + out : 0);
  }
}

/** One row of outputs; `x` starts at row `firstRow` of the image. */
export function maxPoolRow(shape: Pooling, x: usize, firstRow: i32, row: i32, y: usize, winners: usize): void {
  const channels = shape.channels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>shape.inColumns * pixelBytes;
  const top = row * shape.rowStep - shape.padTop;
  if (isInside2x2(shape) && winners) {
    const stepBytes = <usize>shape.columnStep * pixelBytes;
    maxPoolRow2x2(x + <usize>(top - firstRow) * rowBytes, rowBytes, stepBytes, channels, shape.outColumns, y, winners);
    return;
  }
  const rowBegin = max(-top, 0);
  const rowEnd = min(shape.windowRows, shape.inRows - top);
  for (let column = 0; column < shape.outColumns; column++) {
    const left = column * shape.columnStep - shape.padLeft;
    const columnBegin = max(-left, 0);
    const columnEnd = min(shape.windowColumns, shape.inColumns - left);
    const corner = x + <usize>(top - firstRow) * rowBytes + <usize>left * pixelBytes;
    for (let channel = 0; channel < channels; channel += 4) {
      let largest = f32x4.splat(-Infinity);
      let place = i32x4.splat(-1);
      for (let i = rowBegin; i < rowEnd; i++) {
        for (let j = columnBegin; j < columnEnd; j++) {
          const value = v128.load(corner + <usize>i * rowBytes + <usize>j * pixelBytes + (<usize>channel << 2));
          const wins = f32x4.gt(value, largest);
          largest = v128.bitselect(value, largest, wins);
          place = v128.bitselect(i32x4.splat(i * shape.windowColumns + j), place, wins);
        }
      }
      storeLanes(y + (<usize>channel << 2), largest, channels - channel);
      if (winners) storePlaces(winners + channel, place, channels - channel);
    }
    y += pixelBytes;
    if (winners) winners += channels;
  }
}

/** Whether windows are 2x2 and lie wholly inside. */
function isInside2x2(shape: Pooling): bool {
  return (
    shape.windowRows == 2 &&
    shape.windowColumns == 2 &&
    (shape.padTop | shape.padLeft) == 0 &&
    (shape.outRows - 1) * shape.rowStep + 2 <= shape.inRows &&
    (shape.outColumns - 1) * shape.columnStep + 2 <= shape.inColumns
  );
}

/** `columns` windows of 2x2 side by side; `x` is the first one's corner. */
function maxPoolRow2x2(
  x: usize,
  rowBytes: usize,
  stepBytes: usize,
  channels: i32,
  columns: i32,
  y: usize,
  winners: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const lowest = f32x4.splat(-Infinity);
  for (let column = 0; column < columns; column++) {
    let channel = 0;
    for (; channel + 16 <= channels; channel += 16) {
      pool16Channels(x + (<usize>channel << 2), rowBytes, pixelBytes, lowest, y + (<usize>channel << 2), winners + channel);
    }
    for (; channel < channels; channel += 4) {
      const corner = x + (<usize>channel << 2);
      const below = corner + rowBytes;
      const a = v128.load(corner);
      const b = v128.load(corner + pixelBytes);
      const c = v128.load(below);
      const d = v128.load(below + pixelBytes);
      // pmax keeps its first operand unless the second is larger: NaN never wins.
      const ab = f32x4.pmax(f32x4.pmax(lowest, a), b);
      const abc = f32x4.pmax(ab, c);
      let place = v128.not(f32x4.gt(a, lowest));
      place = choose(f32x4.gt(b, f32x4.pmax(lowest, a)), 1, place);
      place = choose(f32x4.gt(c, ab), 2, place);
      place = choose(f32x4.gt(d, abc), 3, place);
      storeLanes(y + (<usize>channel << 2), f32x4.pmax(abc, d), channels - channel);
      storePlaces(winners + channel, place, channels - channel);
    }
    x += stepBytes;
    y += pixelBytes;
    winners += channels;
  }
}

/** One 2x2 window of 16 channels: places are chosen for all 16 at once, as bytes. */
function pool16Channels(
  corner: usize,
  rowBytes: usize,
  pixelBytes: usize,
  lowest: v128,
  y: usize,
  winners: usize,
): void {
  const right = corner + pixelBytes;
  const below = corner + rowBytes;
  const across = below + pixelBytes;

  const a0 = f32x4.pmax(lowest, v128.load(corner));
  const b0 = v128.load(right);
  const ab0 = f32x4.pmax(a0, b0);
  const c0 = v128.load(below);
  const abc0 = f32x4.pmax(ab0, c0);
  const d0 = v128.load(across);
  v128.store(y, f32x4.pmax(abc0, d0));

  const a1 = f32x4.pmax(lowest, v128.load(corner, 16));
  const b1 = v128.load(right, 16);
  const ab1 = f32x4.pmax(a1, b1);
  const c1 = v128.load(below, 16);
  const abc1 = f32x4.pmax(ab1, c1);
  const d1 = v128.load(across, 16);
  v128.store(y, f32x4.pmax(abc1, d1), 16);

  const noneLow = i16x8.narrow_i32x4_s(f32x4.eq(a0, lowest), f32x4.eq(a1, lowest));
  const bLow = i16x8.narrow_i32x4_s(f32x4.gt(b0, a0), f32x4.gt(b1, a1));
  const cLow = i16x8.narrow_i32x4_s(f32x4.gt(c0, ab0), f32x4.gt(c1, ab1));
  const dLow = i16x8.narrow_i32x4_s(f32x4.gt(d0, abc0), f32x4.gt(d1, abc1));

  const a2 = f32x4.pmax(lowest, v128.load(corner, 32));
  const b2 = v128.load(right, 32);
  const ab2 = f32x4.pmax(a2, b2);
  const c2 = v128.load(below, 32);
  const abc2 = f32x4.pmax(ab2, c2);
  const d2 = v128.load(across, 32);
  v128.store(y, f32x4.pmax(abc2, d2), 32);

  const a3 = f32x4.pmax(lowest, v128.load(corner, 48));
  const b3 = v128.load(right, 48);
  const ab3 = f32x4.pmax(a3, b3);
  const c3 = v128.load(below, 48);
  const abc3 = f32x4.pmax(ab3, c3);
  const d3 = v128.load(across, 48);
  v128.store(y, f32x4.pmax(abc3, d3), 48);

  const noneWins = i8x16.narrow_i16x8_s(noneLow, i16x8.narrow_i32x4_s(f32x4.eq(a2, lowest), f32x4.eq(a3, lowest)));
  const bWins = i8x16.narrow_i16x8_s(bLow, i16x8.narrow_i32x4_s(f32x4.gt(b2, a2), f32x4.gt(b3, a3)));
  const cWins = i8x16.narrow_i16x8_s(cLow, i16x8.narrow_i32x4_s(f32x4.gt(c2, ab2), f32x4.gt(c3, ab3)));
  const dWins = i8x16.narrow_i16x8_s(dLow, i16x8.narrow_i32x4_s(f32x4.gt(d2, abc2), f32x4.gt(d3, abc3)));

  let place = v128.bitselect(i8x16.splat(1), noneWins, bWins);
  place = v128.bitselect(i8x16.splat(2), place, cWins);
  place = v128.bitselect(i8x16.splat(3), place, dWins);
  v128.store(winners, place);
}

/** `value` where `mask`, else `otherwise`. */
@inline
function choose(mask: v128, value: i32, otherwise: v128): v128 {
  return v128.bitselect(i32x4.splat(value), otherwise, mask);
}

/** The low bytes of the first `count` lanes. */
@inline
export function storePlaces(pointer: usize, place: v128, count: i32): void {
  const bytes = v128.shuffle<u8>(place, place, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12);
  if (count >= 4) {
    v128.store32_lane(pointer, bytes, 0);
    return;
  }
  if (count > 0) v128.store8_lane(pointer, bytes, 0, 0);
  if (count > 1) v128.store8_lane(pointer, bytes, 1, 1);
  if (count > 2) v128.store8_lane(pointer, bytes, 2, 2);
}

/**
 * Gradient of max pooling: that of each output goes to its window's winner, which is found again in `x`.
 * Tasks are (image, block of 16 channels), because windows may overlap.
 */
export function maxPoolGrad(shape: Pooling, dy: usize, x: usize, dx: usize, begin: i32, end: i32): void {
  const channels = shape.channels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>shape.inColumns * pixelBytes;
  const blocks = (channels + 15) / 16;
  for (let task = begin; task < end; task++) {
    const image = task / blocks;
    const firstChannel = (task - image * blocks) * 16;
    const lastChannel = min(firstChannel + 16, channels);
    const imageOffset = <usize>image * shape.inRows * rowBytes;
    clearChannels(dx + imageOffset, shape.inRows * shape.inColumns, channels, firstChannel, lastChannel);
    let gradient = dy + <usize>image * shape.outRows * shape.outColumns * pixelBytes;
    for (let row = 0; row < shape.outRows; row++) {
      const top = row * shape.rowStep - shape.padTop;
      const rowBegin = max(-top, 0);
      const rowEnd = min(shape.windowRows, shape.inRows - top);
      for (let column = 0; column < shape.outColumns; column++) {
        const left = column * shape.columnStep - shape.padLeft;
        const columnBegin = max(-left, 0);
        const columnEnd = min(shape.windowColumns, shape.inColumns - left);
        const corner = imageOffset + <usize>top * rowBytes + <usize>left * pixelBytes;
        for (let channel = firstChannel; channel < lastChannel; channel += 4) {
          const offset = corner + (<usize>channel << 2);
          let largest = f32x4.splat(-Infinity);
          let place = i32x4.splat(-1);
          for (let i = rowBegin; i < rowEnd; i++) {
            for (let j = columnBegin; j < columnEnd; j++) {
              const value = v128.load(x + offset + <usize>i * rowBytes + <usize>j * pixelBytes);
              const wins = f32x4.gt(value, largest);
              largest = v128.bitselect(value, largest, wins);
              place = v128.bitselect(i32x4.splat(i * shape.windowColumns + j), place, wins);
            }
          }
          const share = v128.load(gradient + (<usize>channel << 2));
          for (let i = rowBegin; i < rowEnd; i++) {
            for (let j = columnBegin; j < columnEnd; j++) {
              const target = dx + offset + <usize>i * rowBytes + <usize>j * pixelBytes;
              const won = i32x4.eq(place, i32x4.splat(i * shape.windowColumns + j));
              storeLanes(target, f32x4.add(v128.load(target), v128.and(share, won)), channels - channel);
            }
          }
        }
        gradient += pixelBytes;
      }
    }
  }
}

/** Sets channels [first, last) of `pixels` pixels to zero. */
export function clearChannels(x: usize, pixels: i32, channels: i32, first: i32, last: i32): void {
  const bytes = <usize>(last - first) << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    memory.fill(x + (<usize>(pixel * channels + first) << 2), 0, bytes);
  }
}
