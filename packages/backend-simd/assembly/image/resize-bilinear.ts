import { madd } from '../madd';
import { storeLanes } from '../tile/store-lanes';

/** Where output pixels of one axis lie in the input: position = ratio * (at + shift) - shift. */
@inline
function position(at: i32, ratio: f64, shift: f64): f64 {
  return ratio * (<f64>at + shift) - shift;
}

@inline
function lower(position: f64): i32 {
  return max(0, <i32>floor<f64>(position));
}

@inline
function upper(position: f64, side: i32): i32 {
  return min(side - 1, <i32>ceil<f64>(position));
}

/**
 * Bilinear interpolation of x [N, height, width, channels]. Returns y [N, outHeight, outWidth, channels]. `shift` is
 * 0.5 for half pixel centres, else 0. Tasks are rows of the result.
 */
export function resizeBilinear(
  x: usize,
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  rowRatio: f64,
  columnRatio: f64,
  shift: f64,
  begin: i32,
  end: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  for (let task = begin; task < end; task++) {
    const image = x + <usize>((task / outHeight) * height) * rowBytes;
    const atRow = position(task % outHeight, rowRatio, shift);
    const top = lower(atRow);
    const fromTop = image + <usize>top * rowBytes;
    const fromBottom = image + <usize>upper(atRow, height) * rowBytes;
    const rowWeight = f32x4.splat(<f32>(atRow - top));
    let to = y + <usize>(task * outWidth) * pixelBytes;
    for (let column = 0; column < outWidth; column++) {
      const atColumn = position(column, columnRatio, shift);
      const left = lower(atColumn);
      const leftBytes = <usize>left * pixelBytes;
      const rightBytes = <usize>upper(atColumn, width) * pixelBytes;
      const columnWeight = f32x4.splat(<f32>(atColumn - left));
      for (let c: usize = 0; c < pixelBytes; c += 16) {
        const topLeft = v128.load(fromTop + leftBytes + c);
        const bottomLeft = v128.load(fromBottom + leftBytes + c);
        const over = madd(f32x4.sub(v128.load(fromTop + rightBytes + c), topLeft), columnWeight, topLeft);
        const under = madd(f32x4.sub(v128.load(fromBottom + rightBytes + c), bottomLeft), columnWeight, bottomLeft);
        storeLanes(to + c, madd(f32x4.sub(under, over), rowWeight, over), <i32>((pixelBytes - c) >> 2));
      }
      to += pixelBytes;
    }
  }
}

@inline
function addTo(pointer: usize, dy: usize, weight: f32, channels: i32): void {
  for (let c = 0; c < channels; c++) {
    const offset = <usize>c << 2;
    store<f32>(pointer + offset, load<f32>(pointer + offset) + load<f32>(dy + offset) * weight);
  }
}

/** Its gradient: dx [N, height, width, channels] from dy [N, outHeight, outWidth, channels]. Tasks are images. */
export function resizeBilinearGrad(
  dy: usize,
  dx: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  rowRatio: f64,
  columnRatio: f64,
  shift: f64,
  begin: i32,
  end: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  for (let image = begin; image < end; image++) {
    const target = dx + <usize>(image * height) * rowBytes;
    memory.fill(target, 0, <usize>height * rowBytes);
    let from = dy + <usize>(image * outHeight * outWidth) * pixelBytes;
    for (let row = 0; row < outHeight; row++) {
      const atRow = position(row, rowRatio, shift);
      const top = lower(atRow);
      const rowWeight = <f32>(atRow - top);
      const toTop = target + <usize>top * rowBytes;
      const toBottom = target + <usize>upper(atRow, height) * rowBytes;
      for (let column = 0; column < outWidth; column++) {
        const atColumn = position(column, columnRatio, shift);
        const left = lower(atColumn);
        const columnWeight = <f32>(atColumn - left);
        const leftBytes = <usize>left * pixelBytes;
        const rightBytes = <usize>upper(atColumn, width) * pixelBytes;
        addTo(toTop + leftBytes, from, (1 - rowWeight) * (1 - columnWeight), channels);
        addTo(toTop + rightBytes, from, (1 - rowWeight) * columnWeight, channels);
        addTo(toBottom + leftBytes, from, rowWeight * (1 - columnWeight), channels);
        addTo(toBottom + rightBytes, from, rowWeight * columnWeight, channels);
        from += pixelBytes;
      }
    }
  }
}
