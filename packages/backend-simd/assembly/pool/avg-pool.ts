import { storeLanes } from '../tile/store-lanes';
import { clearChannels } from './max-pool';
import { Pooling } from './pooling';

/** Mean of each window's elements, padding not counted. Tasks are rows of outputs. */
export function avgPool(shape: Pooling, x: usize, y: usize, begin: i32, end: i32): void {
  const channels = shape.channels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>shape.inColumns * pixelBytes;
  for (let task = begin; task < end; task++) {
    const image = task / shape.outRows;
    const top = (task - image * shape.outRows) * shape.rowStep - shape.padTop;
    const rowBegin = max(-top, 0);
    const rowEnd = min(shape.windowRows, shape.inRows - top);
    let target = y + <usize>task * shape.outColumns * pixelBytes;
    for (let column = 0; column < shape.outColumns; column++) {
      const left = column * shape.columnStep - shape.padLeft;
      const columnBegin = max(-left, 0);
      const columnEnd = min(shape.windowColumns, shape.inColumns - left);
      const corner = x + <usize>(image * shape.inRows + top) * rowBytes + <usize>left * pixelBytes;
      const count = f32x4.splat(<f32>((rowEnd - rowBegin) * (columnEnd - columnBegin)));
      for (let channel = 0; channel < channels; channel += 4) {
        let sum = f32x4.splat(0);
        for (let i = rowBegin; i < rowEnd; i++) {
          for (let j = columnBegin; j < columnEnd; j++) {
            sum = f32x4.add(sum, v128.load(corner + <usize>i * rowBytes + <usize>j * pixelBytes + (<usize>channel << 2)));
          }
        }
        storeLanes(target + (<usize>channel << 2), f32x4.div(sum, count), channels - channel);
      }
      target += pixelBytes;
    }
  }
}

/**
 * Gradient of average pooling: each element of a window gets an equal share; with `whole`, a share of the whole window,
 * padding counted. Tasks are (image, block of 16 channels).
 */
export function avgPoolGrad(shape: Pooling, dy: usize, dx: usize, whole: bool, begin: i32, end: i32): void {
  const channels = shape.channels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>shape.inColumns * pixelBytes;
  const blocks = (channels + 15) / 16;
  for (let task = begin; task < end; task++) {
    const image = task / blocks;
    const firstChannel = (task - image * blocks) * 16;
    const lastChannel = min(firstChannel + 16, channels);
    const target = dx + <usize>image * shape.inRows * rowBytes;
    clearChannels(target, shape.inRows * shape.inColumns, channels, firstChannel, lastChannel);
    let gradient = dy + <usize>image * shape.outRows * shape.outColumns * pixelBytes;
    for (let row = 0; row < shape.outRows; row++) {
      const top = row * shape.rowStep - shape.padTop;
      const rowBegin = max(-top, 0);
      const rowEnd = min(shape.windowRows, shape.inRows - top);
      for (let column = 0; column < shape.outColumns; column++) {
        const left = column * shape.columnStep - shape.padLeft;
        const columnBegin = max(-left, 0);
        const columnEnd = min(shape.windowColumns, shape.inColumns - left);
        const corner = target + <usize>top * rowBytes + <usize>left * pixelBytes;
        const inside = (rowEnd - rowBegin) * (columnEnd - columnBegin);
        const count = f32x4.splat(<f32>(whole ? shape.windowRows * shape.windowColumns : inside));
        for (let channel = firstChannel; channel < lastChannel; channel += 4) {
          const share = f32x4.div(v128.load(gradient + (<usize>channel << 2)), count);
          for (let i = rowBegin; i < rowEnd; i++) {
            for (let j = columnBegin; j < columnEnd; j++) {
              const place = corner + <usize>i * rowBytes + <usize>j * pixelBytes + (<usize>channel << 2);
              storeLanes(place, f32x4.add(v128.load(place), share), channels - channel);
            }
          }
        }
        gradient += pixelBytes;
      }
    }
  }
}
