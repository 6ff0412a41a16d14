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

/** The low bytes of the first `count` lanes. */
// @ts-ignore: decorator
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
