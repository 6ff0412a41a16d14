import { madd } from '../madd';
import { storeLanes } from '../tile/store-lanes';

/** Shapes of a depthwise convolution with one filter a channel; see src/kernels/depthwise/place-depthwise.ts. */
@unmanaged
export class Depthwise {
  inRows: i32;
  inColumns: i32;
  channels: i32;
  outRows: i32;
  outColumns: i32;
  kernelRows: i32;
  kernelColumns: i32;
  rowStep: i32;
  columnStep: i32;
  rowDilation: i32;
  columnDilation: i32;
  padTop: i32;
  padLeft: i32;
}

/** y[n, oh, ow, c] = sum over taps of x[n, .., .., c] * filter[kh, kw, c]. Tasks are rows of outputs. */
export function depthwise(shape: Depthwise, x: usize, filter: usize, y: usize, begin: i32, end: i32): void {
  const pixelBytes = <usize>shape.channels << 2;
  const rowBytes = <usize>shape.inColumns * pixelBytes;
  for (let task = begin; task < end; task++) {
    const image = x + <usize>(task / shape.outRows) * shape.inRows * rowBytes;
    const top = (task % shape.outRows) * shape.rowStep - shape.padTop;
    for (let column = 0; column < shape.outColumns; column++) {
      const left = column * shape.columnStep - shape.padLeft;
      const target = y + <usize>(task * shape.outColumns + column) * pixelBytes;
      for (let c: usize = 0; c < pixelBytes; c += 64) {
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        for (let i = 0; i < shape.kernelRows; i++) {
          const row = top + i * shape.rowDilation;
          if (<u32>row >= <u32>shape.inRows) continue;
          for (let j = 0; j < shape.kernelColumns; j++) {
            const at = left + j * shape.columnDilation;
            if (<u32>at >= <u32>shape.inColumns) continue;
            const from = image + <usize>row * rowBytes + <usize>at * pixelBytes + c;
            const weights = filter + <usize>(i * shape.kernelColumns + j) * pixelBytes + c;
            s0 = madd(v128.load(from, 0), v128.load(weights, 0), s0);
            s1 = madd(v128.load(from, 16), v128.load(weights, 16), s1);
            s2 = madd(v128.load(from, 32), v128.load(weights, 32), s2);
            s3 = madd(v128.load(from, 48), v128.load(weights, 48), s3);
          }
        }
        storeSixteen(target + c, s0, s1, s2, s3, <i32>((pixelBytes - c) >> 2));
      }
    }
  }
}

/** dx[n, ih, iw, c] = sum over taps that read this pixel of dy * filter. Tasks are rows of inputs. */
export function depthwiseInputGradient(
  shape: Depthwise,
  dy: usize,
  filter: usize,
  dx: usize,
  begin: i32,
  end: i32,
): void {
  const pixelBytes = <usize>shape.channels << 2;
  const rowBytes = <usize>shape.outColumns * pixelBytes;
  for (let task = begin; task < end; task++) {
    const image = dy + <usize>(task / shape.inRows) * shape.outRows * rowBytes;
    const fromTop = (task % shape.inRows) + shape.padTop;
    for (let column = 0; column < shape.inColumns; column++) {
      const fromLeft = column + shape.padLeft;
      const target = dx + <usize>(task * shape.inColumns + column) * pixelBytes;
      for (let c: usize = 0; c < pixelBytes; c += 64) {
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        for (let i = 0; i < shape.kernelRows; i++) {
          const row = source(fromTop - i * shape.rowDilation, shape.rowStep, shape.outRows);
          if (row < 0) continue;
          for (let j = 0; j < shape.kernelColumns; j++) {
            const at = source(fromLeft - j * shape.columnDilation, shape.columnStep, shape.outColumns);
            if (at < 0) continue;
            const from = image + <usize>row * rowBytes + <usize>at * pixelBytes + c;
            const weights = filter + <usize>(i * shape.kernelColumns + j) * pixelBytes + c;
            s0 = madd(v128.load(from, 0), v128.load(weights, 0), s0);
            s1 = madd(v128.load(from, 16), v128.load(weights, 16), s1);
            s2 = madd(v128.load(from, 32), v128.load(weights, 32), s2);
            s3 = madd(v128.load(from, 48), v128.load(weights, 48), s3);
          }
        }
        storeSixteen(target + c, s0, s1, s2, s3, <i32>((pixelBytes - c) >> 2));
      }
    }
  }
}

/** The output of which a tap starts `distance` behind its first input; -1 for none. */
@inline
function source(distance: i32, step: i32, outputs: i32): i32 {
  if (distance < 0) return -1;
  const output = distance / step;
  return output * step == distance && output < outputs ? output : -1;
}

/**
 * Gradient of the filter, one partial sum [kernelRows, kernelColumns, channels] for each group of images. Tasks are
 * (group, tap).
 */
export function depthwiseFilterGradient(
  shape: Depthwise,
  x: usize,
  dy: usize,
  partials: usize,
  images: i32,
  imagesPerGroup: i32,
  begin: i32,
  end: i32,
): void {
  const taps = shape.kernelRows * shape.kernelColumns;
  const pixelBytes = <usize>shape.channels << 2;
  for (let task = begin; task < end; task++) {
    const tap = task % taps;
    const first = (task / taps) * imagesPerGroup;
    const last = min(first + imagesPerGroup, images);
    const rowOffset = (tap / shape.kernelColumns) * shape.rowDilation - shape.padTop;
    const columnOffset = (tap % shape.kernelColumns) * shape.columnDilation - shape.padLeft;
    for (let c: usize = 0; c < pixelBytes; c += 64) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let image = first; image < last; image++) {
        for (let outRow = 0; outRow < shape.outRows; outRow++) {
          const row = outRow * shape.rowStep + rowOffset;
          if (<u32>row >= <u32>shape.inRows) continue;
          const inputs = x + <usize>((image * shape.inRows + row) * shape.inColumns) * pixelBytes + c;
          const outputs = dy + <usize>((image * shape.outRows + outRow) * shape.outColumns) * pixelBytes + c;
          for (let outColumn = 0; outColumn < shape.outColumns; outColumn++) {
            const column = outColumn * shape.columnStep + columnOffset;
            if (<u32>column >= <u32>shape.inColumns) continue;
            const input = inputs + <usize>column * pixelBytes;
            const slope = outputs + <usize>outColumn * pixelBytes;
            s0 = madd(v128.load(input, 0), v128.load(slope, 0), s0);
            s1 = madd(v128.load(input, 16), v128.load(slope, 16), s1);
            s2 = madd(v128.load(input, 32), v128.load(slope, 32), s2);
            s3 = madd(v128.load(input, 48), v128.load(slope, 48), s3);
          }
        }
      }
      storeSixteen(partials + <usize>task * pixelBytes + c, s0, s1, s2, s3, <i32>((pixelBytes - c) >> 2));
    }
  }
}

@inline
function storeSixteen(pointer: usize, s0: v128, s1: v128, s2: v128, s3: v128, count: i32): void {
  storeLanes(pointer, s0, count);
  storeLanes(pointer + 16, s1, count - 4);
  storeLanes(pointer + 32, s2, count - 8);
  storeLanes(pointer + 48, s3, count - 12);
}
