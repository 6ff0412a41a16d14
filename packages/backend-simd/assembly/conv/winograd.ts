import { multiplyPanel } from '../tile/multiply-panel';
import { panelWidth } from '../tile/panel';
import { storeLanes } from '../tile/store-lanes';
import { floorAddress, zeros } from '../tile/zeros';
import { Convolution, rowPitch } from './convolution';

// Winograd's minimal filtering F(2x2, 3x3): four outputs of a 3x3 kernel from sixteen products instead of thirty-six.
// A tile of 4x4 source pixels and the kernel are each transformed to sixteen numbers, multiplied, and transformed back.
// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016.

/**
 * Transforms packed 3x3 weights [panel][tap][channel][column] to [panel][place][channel][column], 16 places.
 * Tasks are panels of 16 columns.
 */
export function winogradWeights(packed: usize, transformed: usize, channels: i32, columns: i32, begin: i32, end: i32): void {
  const half = f32x4.splat(0.5);
  for (let column = begin * 16; column < min(end * 16, columns); ) {
    const width = panelWidth(columns - column);
    const tapBytes = <usize>(channels * width) << 2;
    const source = packed + ((<usize>column * channels * 9) << 2);
    const target = transformed + ((<usize>column * channels * 16) << 2);
    for (let i: usize = 0; i < tapBytes; i += 16) {
      // G g: each column of the kernel, then each row of the result.
      for (let j: usize = 0; j < 3; j++) {
        const a = v128.load(source + j * tapBytes + i);
        const b = v128.load(source + (3 + j) * tapBytes + i);
        const c = v128.load(source + (6 + j) * tapBytes + i);
        const sum = f32x4.add(a, c);
        v128.store(target + j * tapBytes + i, a);
        v128.store(target + (4 + j) * tapBytes + i, f32x4.mul(half, f32x4.add(sum, b)));
        v128.store(target + (8 + j) * tapBytes + i, f32x4.mul(half, f32x4.sub(sum, b)));
        v128.store(target + (12 + j) * tapBytes + i, c);
      }
      for (let j: usize = 0; j < 16; j += 4) {
        const row = target + j * tapBytes + i;
        const a = v128.load(row);
        const b = v128.load(row + tapBytes);
        const c = v128.load(row + 2 * tapBytes);
        const sum = f32x4.add(a, c);
        v128.store(row + tapBytes, f32x4.mul(half, f32x4.add(sum, b)));
        v128.store(row + 2 * tapBytes, f32x4.mul(half, f32x4.sub(sum, b)));
        v128.store(row + 3 * tapBytes, c);
      }
    }
    column += width;
  }
}

/** Bytes between the places of transformed tiles: a line more than they need, because places a power of two apart would drive each other out of the cache. */
@inline
function placeBytesOf(tiles: i32, tileFloats: i32): usize {
  return (<usize>(tiles * tileFloats) << 2) + 64;
}

/**
 * `rows` output rows into `y` (strides in floats) from the source rows at `source`, which end in a whole tile. Returns
 * false where an output is not finite: a tile mixes its four outputs, so one that should be infinite would spoil others.
 */
export function winogradRows(
  shape: Convolution,
  source: usize,
  transformed: usize,
  bias: usize,
  floor: f32,
  rows: i32,
  columns: i32,
  scratch: usize,
  y: usize,
  rowStride: i32,
  pixelStride: i32,
): bool {
  const channels = shape.sourceChannels;
  const tileColumns = (columns + 1) >> 1;
  const tiles = ((rows + 1) >> 1) * tileColumns;
  const tileFloats = (channels + 3) & ~3;
  const placeBytes = placeBytesOf(tiles, tileFloats);
  const products = scratch + 16 * placeBytes;
  transformSource(shape, source, tiles, tileColumns, scratch);
  let finite = f32x4.splat(0);
  for (let channel = 0; channel < shape.outChannels; ) {
    const present = shape.outChannels - channel;
    const width = panelWidth(present);
    const panel = transformed + (<usize>(channel * channels) << 6);
    for (let place: usize = 0; place < 16; place++) {
      multiplyPanel(
        scratch + place * placeBytes, <usize>tileFloats << 2, 4, zeros, 1, channels,
        panel + ((place * channels * width) << 2), zeros, 0, floorAddress(-Infinity),
        products + ((place * tiles * width) << 2), <usize>width << 2, width, tiles,
      );
    }
    const start = bias ? bias + (<usize>channel << 2) : zeros;
    for (let i = 0; i < width; i += 4) {
      const result = transformProducts(
        products + (<usize>i << 2), <usize>(tiles * width) << 2, <usize>width << 2,
        v128.load(start + (<usize>i << 2)), v128.load32_splat(floorAddress(floor)),
        rows, columns, y + (<usize>(channel + i) << 2), rowStride, pixelStride, present - i,
      );
      finite = v128.or(finite, result);
    }
    channel += width;
  }
  return !v128.any_true(finite);
}

/** Sources of tiles [place][tile][channel]: B' d B for each 4x4 tile d, two apart. */
function transformSource(shape: Convolution, source: usize, tiles: i32, tileColumns: i32, target: usize): void {
  const channels = shape.sourceChannels;
  const tileFloats = (channels + 3) & ~3;
  const placeBytes = placeBytesOf(tiles, tileFloats);
  const rowBytes = <usize>rowPitch(shape) << 2;
  const pixelBytes = <usize>channels << 2;
  for (let tile = 0; tile < tiles; tile++) {
    const tileRow = tile / tileColumns;
    const corner = source + <usize>(2 * tileRow) * rowBytes + <usize>(2 * (tile - tileRow * tileColumns)) * pixelBytes;
    for (let channel = 0; channel < channels; channel += 4) {
      let from = corner + (<usize>channel << 2);
      let to = target + (<usize>(tile * tileFloats + channel) << 2);
      // Column by column: four differences, left at the places where the rows of the result belong.
      for (let column = 0; column < 4; column++) {
        const a = v128.load(from);
        const b = v128.load(from + rowBytes);
        const c = v128.load(from + 2 * rowBytes);
        const d = v128.load(from + 3 * rowBytes);
        v128.store(to, f32x4.sub(a, c));
        v128.store(to + 4 * placeBytes, f32x4.add(b, c));
        v128.store(to + 8 * placeBytes, f32x4.sub(c, b));
        v128.store(to + 12 * placeBytes, f32x4.sub(b, d));
        from += pixelBytes;
        to += placeBytes;
      }
      to -= 4 * placeBytes;
      for (let row = 0; row < 4; row++) {
        const a = v128.load(to);
        const b = v128.load(to + placeBytes);
        const c = v128.load(to + 2 * placeBytes);
        const d = v128.load(to + 3 * placeBytes);
        v128.store(to, f32x4.sub(a, c));
        v128.store(to + placeBytes, f32x4.add(b, c));
        v128.store(to + 2 * placeBytes, f32x4.sub(c, b));
        v128.store(to + 3 * placeBytes, f32x4.sub(b, d));
        to += 4 * placeBytes;
      }
    }
  }
}

/** Four channels of all tiles: A' m A plus bias, into the outputs. Returns lanes set where a value is not finite. */
function transformProducts(
  products: usize,
  placeBytes: usize,
  tileBytes: usize,
  bias: v128,
  lowest: v128,
  rows: i32,
  columns: i32,
  y: usize,
  rowStride: i32,
  pixelStride: i32,
  lanes: i32,
): v128 {
  let spoiled = f32x4.splat(0);
  const rowBytes = <usize>rowStride << 2;
  const pixelBytes = <usize>pixelStride << 2;
  for (let row = 0; row < rows; row += 2) {
    let target = y + <usize>row * rowBytes;
    for (let column = 0; column < columns; column += 2) {
      let from = products;
      let a = v128.load(from);
      let b = v128.load(from + placeBytes);
      let c = v128.load(from + 2 * placeBytes);
      let d = v128.load(from + 3 * placeBytes);
      let left = f32x4.add(f32x4.add(a, b), c);
      let right = f32x4.sub(f32x4.sub(b, c), d);
      let y00 = left;
      let y01 = right;
      from += 4 * placeBytes;
      a = v128.load(from);
      b = v128.load(from + placeBytes);
      c = v128.load(from + 2 * placeBytes);
      d = v128.load(from + 3 * placeBytes);
      left = f32x4.add(f32x4.add(a, b), c);
      right = f32x4.sub(f32x4.sub(b, c), d);
      y00 = f32x4.add(y00, left);
      y01 = f32x4.add(y01, right);
      let y10 = left;
      let y11 = right;
      from += 4 * placeBytes;
      a = v128.load(from);
      b = v128.load(from + placeBytes);
      c = v128.load(from + 2 * placeBytes);
      d = v128.load(from + 3 * placeBytes);
      left = f32x4.add(f32x4.add(a, b), c);
      right = f32x4.sub(f32x4.sub(b, c), d);
      y00 = f32x4.add(f32x4.add(y00, left), bias);
      y01 = f32x4.add(f32x4.add(y01, right), bias);
      y10 = f32x4.sub(y10, left);
      y11 = f32x4.sub(y11, right);
      from += 4 * placeBytes;
      a = v128.load(from);
      b = v128.load(from + placeBytes);
      c = v128.load(from + 2 * placeBytes);
      d = v128.load(from + 3 * placeBytes);
      left = f32x4.add(f32x4.add(a, b), c);
      right = f32x4.sub(f32x4.sub(b, c), d);
      y10 = f32x4.add(f32x4.sub(y10, left), bias);
      y11 = f32x4.add(f32x4.sub(y11, right), bias);
      // Not a number once anything in the tile is not finite.
      const sum = f32x4.add(f32x4.add(y00, y01), f32x4.add(y10, y11));
      const difference = f32x4.sub(sum, sum);
      spoiled = v128.or(spoiled, f32x4.ne(difference, difference));
      storeLanes(target, f32x4.pmax(y00, lowest), lanes);
      if (column + 1 < columns) storeLanes(target + pixelBytes, f32x4.pmax(y01, lowest), lanes);
      if (row + 1 < rows) {
        storeLanes(target + rowBytes, f32x4.pmax(y10, lowest), lanes);
        if (column + 1 < columns) storeLanes(target + rowBytes + pixelBytes, f32x4.pmax(y11, lowest), lanes);
      }
      target += 2 * pixelBytes;
      products += tileBytes;
    }
  }
  return spoiled;
}
