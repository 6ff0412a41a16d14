import { clearFloats } from '../floats';
import { scratchPointer } from '../scratch';
import { multiplyPanel } from '../tile/multiply-panel';
import { storeLanes } from '../tile/store-lanes';
import { floorAddress, zeros } from '../tile/zeros';
import { Convolution } from './convolution';

// Gradient of 3x3 weights by the transpose of F(2x2, 3x3): with the matrices of winograd.ts, G' [(A dy A') o (B' x B)] G
// summed over tiles of 2x2 gradients. Sixteen products do for a tile where tap by tap there are thirty-six.

/** Tiles that are multiplied at once: the inner dimension of sixteen small products. */
const TILES: i32 = 32;
/** Room for one tile more: places a power of two apart would drive each other out of the first-level cache. */
const ROOM: i32 = TILES + 1;
/** Input and output channels of a task: its transforms and sums stay in the second-level cache. */
const BLOCK: i32 = 64;
const ZERO_BYTES: i32 = 256;

/** Bytes of the sums of a block of channels: [16 places][panel of 16 output channels][input channel][16]. */
@inline
function blockBytes(shape: Convolution): usize {
  return <usize>(min(BLOCK, shape.sourceChannels) * min(BLOCK / 16, (shape.outChannels + 15) / 16)) << 10;
}

/**
 * Sums over tiles, one for each group of `tilesPerGroup` tiles and each pair of channel blocks, `partials` as above.
 * Tasks are (group, block of 64 input channels, block of 64 output channels).
 */
export function winogradFilterGradient(
  shape: Convolution,
  x: usize,
  dy: usize,
  partials: usize,
  images: i32,
  tilesPerGroup: i32,
  begin: i32,
  end: i32,
): void {
  const outBlocks = (shape.outChannels + BLOCK - 1) / BLOCK;
  const blocks = outBlocks * ((shape.sourceChannels + BLOCK - 1) / BLOCK);
  const tileColumns = (shape.outColumns + 1) >> 1;
  const imageTiles = ((shape.outRows + 1) >> 1) * tileColumns;
  const rows = min(BLOCK, shape.sourceChannels);
  const zero = scratchPointer;
  const sources = zero + ZERO_BYTES;
  const gradients = sources + <usize>(16 * ROOM * BLOCK * 4);
  clearFloats(zero, ZERO_BYTES / 4);
  for (let task = begin; task < end; task++) {
    const group = task / blocks;
    const block = task - group * blocks;
    const firstIn = (block / outBlocks) * BLOCK;
    const firstOut = (block % outBlocks) * BLOCK;
    const inCount = min(BLOCK, shape.sourceChannels - firstIn);
    const inFloats = (inCount + 3) & ~3;
    const panels = (min(BLOCK, shape.outChannels - firstOut) + 15) / 16;
    const sums = partials + <usize>task * blockBytes(shape);
    const sumPanels = min(BLOCK / 16, (shape.outChannels + 15) / 16);
    const firstTile = group * tilesPerGroup;
    const lastTile = min(firstTile + tilesPerGroup, images * imageTiles);
    for (let tile = firstTile; tile < lastTile; tile += TILES) {
      const count = min(TILES, lastTile - tile);
      for (let i = 0; i < count; i++) {
        const image = (tile + i) / imageTiles;
        const place = tile + i - image * imageTiles;
        const row = place / tileColumns;
        const column = place - row * tileColumns;
        transformSource(shape, x, image, 2 * row, 2 * column, firstIn, inFloats, zero, sources + (<usize>(i * inFloats) << 2));
        transformGradient(shape, dy, image, 2 * row, 2 * column, firstOut, panels, zero, gradients + (<usize>i << 6));
      }
      const start = tile == firstTile;
      for (let place = 0; place < 16; place++) {
        const source = sources + (<usize>(place * ROOM * inFloats) << 2);
        for (let panel = 0; panel < panels; panel++) {
          const sum = sums + (<usize>((place * sumPanels + panel) * rows) << 6);
          multiplyPanel(
            source, 4, <usize>inFloats << 2, zeros, 1, count,
            gradients + (<usize>((place * panels + panel) * ROOM) << 6),
            start ? zeros : sum, start ? 0 : 64, floorAddress(-Infinity), sum, 64, 16, inCount,
          );
        }
      }
    }
  }
}

/** B' x B of the tile whose first output is (row, column), `floats` channels, to [place][tile][channel]. */
function transformSource(
  shape: Convolution,
  x: usize,
  image: i32,
  row: i32,
  column: i32,
  channel: i32,
  floats: i32,
  zero: usize,
  target: usize,
): void {
  const placeBytes = <usize>(ROOM * floats) << 2;
  const channels = shape.sourceChannels;
  const height = <u32>shape.sourceRows;
  const width = <u32>shape.sourceColumns;
  const rowBytes = <usize>(shape.sourceColumns * channels) << 2;
  const top = shape.originRow + row;
  const left = shape.originColumn + column;
  const count = <usize>floats << 2;
  let corner = x + (<usize>(((image * shape.sourceRows + top) * shape.sourceColumns + left) * channels + channel) << 2);
  for (let j = 0; j < 4; j++) {
    const inside = <u32>(left + j) < width;
    const pa = inside && <u32>top < height ? corner : zero;
    const pb = inside && <u32>(top + 1) < height ? corner + rowBytes : zero;
    const pc = inside && <u32>(top + 2) < height ? corner + 2 * rowBytes : zero;
    const pd = inside && <u32>(top + 3) < height ? corner + 3 * rowBytes : zero;
    const to = target + <usize>j * placeBytes;
    for (let i: usize = 0; i < count; i += 16) {
      const a = v128.load(pa + i);
      const b = v128.load(pb + i);
      const c = v128.load(pc + i);
      const d = v128.load(pd + i);
      v128.store(to + i, f32x4.sub(a, c));
      v128.store(to + 4 * placeBytes + i, f32x4.add(b, c));
      v128.store(to + 8 * placeBytes + i, f32x4.sub(c, b));
      v128.store(to + 12 * placeBytes + i, f32x4.sub(b, d));
    }
    corner += <usize>channels << 2;
  }
  for (let j = 0; j < 4; j++) {
    for (let i: usize = 0; i < count; i += 16) {
      const to = target + i;
      const a = v128.load(to);
      const b = v128.load(to + placeBytes);
      const c = v128.load(to + 2 * placeBytes);
      const d = v128.load(to + 3 * placeBytes);
      v128.store(to, f32x4.sub(a, c));
      v128.store(to + placeBytes, f32x4.add(b, c));
      v128.store(to + 2 * placeBytes, f32x4.sub(c, b));
      v128.store(to + 3 * placeBytes, f32x4.sub(b, d));
    }
    target += 4 * placeBytes;
  }
}

/** A dy A' of a tile of 2x2 gradients, to [place][panel][tile][16]. Behind the last channel follow values nothing keeps. */
function transformGradient(
  shape: Convolution,
  dy: usize,
  image: i32,
  row: i32,
  column: i32,
  channel: i32,
  panels: i32,
  zero: usize,
  target: usize,
): void {
  const channels = shape.outChannels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>shape.outColumns * pixelBytes;
  const panelBytes = <usize>ROOM << 6;
  const placeBytes = <usize>panels * panelBytes;
  const wide = column + 1 < shape.outColumns;
  const high = row + 1 < shape.outRows;
  const corner = dy + (<usize>(((image * shape.outRows + row) * shape.outColumns + column) * channels + channel) << 2);
  const pb = wide ? corner + pixelBytes : zero;
  const pc = high ? corner + rowBytes : zero;
  const pd = wide && high ? corner + rowBytes + pixelBytes : zero;
  for (let panel = 0; panel < panels; panel++) {
    const from = <usize>panel << 6;
    for (let i: usize = 0; i < 64; i += 16) {
      const a = v128.load(corner + from + i);
      const b = v128.load(pb + from + i);
      const c = v128.load(pc + from + i);
      const d = v128.load(pd + from + i);
      storeRow(target + i, placeBytes, a, b);
      storeRow(target + 4 * placeBytes + i, placeBytes, f32x4.add(a, c), f32x4.add(b, d));
      storeRow(target + 8 * placeBytes + i, placeBytes, f32x4.sub(a, c), f32x4.sub(b, d));
      storeRow(target + 12 * placeBytes + i, placeBytes, f32x4.neg(c), f32x4.neg(d));
    }
    target += panelBytes;
  }
}

/** (a, b) A'. */
@inline
function storeRow(target: usize, placeBytes: usize, a: v128, b: v128): void {
  v128.store(target, a);
  v128.store(target + placeBytes, f32x4.add(a, b));
  v128.store(target + 2 * placeBytes, f32x4.sub(a, b));
  v128.store(target + 3 * placeBytes, f32x4.neg(b));
}

/**
 * gradient [3, 3, C, K] = G' (sum of the groups' sums, in order) G. Sets `spoiled` to 1 where an element is not finite:
 * an infinity spoils the taps beside it. Tasks are input channels. Needs 192 bytes of scratch memory.
 */
export function winogradFilterGradientSum(
  shape: Convolution,
  partials: usize,
  gradient: usize,
  spoiled: usize,
  groups: i32,
  begin: i32,
  end: i32,
): void {
  const channels = shape.sourceChannels;
  const outs = shape.outChannels;
  const outBlocks = (outs + BLOCK - 1) / BLOCK;
  const rows = min(BLOCK, channels);
  const bytes = blockBytes(shape);
  const groupBytes = bytes * (outBlocks * ((channels + BLOCK - 1) / BLOCK));
  const panelBytes = <usize>rows << 6;
  const placeBytes = panelBytes * min(BLOCK / 16, (outs + 15) / 16);
  const tapBytes = <usize>(channels * outs) << 2;
  const half = f32x4.splat(0.5);
  let odd = f32x4.splat(0);
  for (let channel = begin; channel < end; channel++) {
    const inBlock = channel / BLOCK;
    for (let out = 0; out < outs; out += 4) {
      const outBlock = out / BLOCK;
      const inside = out - outBlock * BLOCK;
      const source = partials + <usize>(inBlock * outBlocks + outBlock) * bytes + <usize>(inside >> 4) * panelBytes
        + (<usize>(channel - inBlock * BLOCK) << 6) + (<usize>(inside & 15) << 2);
      for (let j = 0; j < 4; j++) {
        const from = source + <usize>j * placeBytes;
        const a = sumOfGroups(from, groups, groupBytes);
        const b = sumOfGroups(from + 4 * placeBytes, groups, groupBytes);
        const c = sumOfGroups(from + 8 * placeBytes, groups, groupBytes);
        const d = sumOfGroups(from + 12 * placeBytes, groups, groupBytes);
        const mean = f32x4.mul(half, f32x4.add(b, c));
        const to = scratchPointer + (<usize>j << 4);
        v128.store(to, f32x4.add(a, mean));
        v128.store(to, f32x4.mul(half, f32x4.sub(b, c)), 64);
        v128.store(to, f32x4.add(mean, d), 128);
      }
      const lanes = outs - out;
      const kept = i32x4.gt_s(i32x4.splat(lanes), i32x4(0, 1, 2, 3));
      let target = gradient + (<usize>(channel * outs + out) << 2);
      for (let i = 0; i < 3; i++) {
        const from = scratchPointer + (<usize>i << 6);
        const b = v128.load(from, 16);
        const c = v128.load(from, 32);
        const mean = f32x4.mul(half, f32x4.add(b, c));
        const left = f32x4.add(v128.load(from), mean);
        const middle = f32x4.mul(half, f32x4.sub(b, c));
        const right = f32x4.add(mean, v128.load(from, 48));
        storeLanes(target, left, lanes);
        storeLanes(target + tapBytes, middle, lanes);
        storeLanes(target + 2 * tapBytes, right, lanes);
        const sum = f32x4.add(f32x4.add(left, middle), right);
        const difference = f32x4.sub(sum, sum);
        odd = v128.or(odd, v128.and(kept, f32x4.ne(difference, difference)));
        target += 3 * tapBytes;
      }
    }
  }
  if (v128.any_true(odd)) store<i32>(spoiled, 1);
}

@inline
function sumOfGroups(source: usize, groups: i32, groupBytes: usize): v128 {
  let sum = v128.load(source);
  for (let group = 1; group < groups; group++) sum = f32x4.add(sum, v128.load(source + <usize>group * groupBytes));
  return sum;
}
