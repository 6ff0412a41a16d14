import { Convolution, rowPitch } from '../conv/convolution';
import { Pooling } from '../pool/pooling';
import { scratchPointer } from '../scratch';
import { accumulateEntries } from './accumulate';
import { activeLanes } from './entries';

/**
 * Gradient of a convolution's input from a sparse gradient of its output. `filters` holds the weights by output channel,
 * [outChannels][taps]. The plan must be padded. Tasks are images.
 */
export function sparseInputGradient(
  shape: Convolution,
  pool: Pooling,
  dy: usize,
  winners: usize,
  filters: usize,
  dx: usize,
  begin: i32,
  end: i32,
): void {
  const pitch = rowPitch(shape);
  const rows = (shape.outRows - 1) * shape.rowStep + shape.spanRows;
  const padded = scratchPointer;
  const paddedBytes = <usize>(rows * pitch) << 2;
  // A vector of room, for segments whose length is no multiple of four.
  const lists = (padded + paddedBytes + 31) & ~15;
  const pixels = pool.outRows * pool.outColumns;
  for (let image = begin; image < end; image++) {
    memory.fill(padded, 0, paddedBytes);
    const place = <usize>image * pixels * shape.outChannels;
    addWindows(shape, pool, dy + (place << 2), winners + place, filters, padded, lists);
    writeImage(shape, padded, pitch, rows, dx + (<usize>(image * shape.sourceRows * shape.sourceColumns * shape.sourceChannels) << 2));
  }
}

/** Adds every winner's share to the padded source image, window by window. */
function addWindows(
  shape: Convolution,
  pool: Pooling,
  dy: usize,
  winners: usize,
  filters: usize,
  padded: usize,
  lists: usize,
): void {
  const channels = shape.outChannels;
  const places = pool.windowRows * pool.windowColumns;
  const taps = shape.segmentCount * shape.segmentLength;
  const ends = lists + (<usize>(places * channels) << 3);
  const rowFloats = rowPitch(shape) * shape.rowStep;
  const columnFloats = shape.columnStep * shape.sourceChannels;
  for (let row = 0; row < pool.outRows; row++) {
    const top = row * pool.rowStep - pool.padTop;
    for (let column = 0; column < pool.outColumns; column++) {
      const left = column * pool.columnStep - pool.padLeft;
      for (let place = 0; place < places; place++) {
        store<u32>(ends + (<usize>place << 2), <u32>(lists + (<usize>(place * channels) << 3)));
      }
      for (let channel = 0; channel < channels; channel += 4) {
        let active = activeLanes(v128.load(dy + (<usize>channel << 2)), winners + channel, channels - channel);
        while (active != 0) {
          const at = channel + ctz(active);
          active &= active - 1;
          const slot = ends + (<usize>load<u8>(winners + at) << 2);
          const entry = <usize>load<u32>(slot);
          store<u32>(entry, (at * taps) << 2);
          store<f32>(entry, load<f32>(dy + (<usize>at << 2)), 4);
          store<u32>(slot, <u32>(entry + 8));
        }
      }
      for (let place = 0; place < places; place++) {
        const list = lists + (<usize>(place * channels) << 3);
        const listEnd = <usize>load<u32>(ends + (<usize>place << 2));
        if (list == listEnd) continue;
        const i = place / pool.windowColumns;
        const j = place - i * pool.windowColumns;
        addPatch(shape, filters, padded + (<usize>((top + i) * rowFloats + (left + j) * columnFloats) << 2), list, listEnd);
      }
      dy += <usize>channels << 2;
      winners += channels;
    }
  }
}

/** Adds the weights of the listed channels, times their gradients, to the patch at `patch`. */
function addPatch(shape: Convolution, filters: usize, patch: usize, list: usize, listEnd: usize): void {
  const length = shape.segmentLength;
  for (let segment = 0; segment < shape.segmentCount; segment++) {
    const target = patch + load<u32>(shape.segments + (<usize>segment << 2));
    const source = filters + (<usize>(segment * length) << 2);
    const whole = length & ~3;
    accumulateEntries(target, source, list, listEnd, whole);
    for (let i = whole; i < length; i++) {
      const at = target + (<usize>i << 2);
      let sum = load<f32>(at);
      for (let entry = list; entry != listEnd; entry += 8) {
        sum += load<f32>(entry, 4) * load<f32>(source + load<u32>(entry) + (<usize>i << 2));
      }
      store<f32>(at, sum);
    }
  }
}

/** The part of the padded image that is the source; what no tap reaches is zero. */
function writeImage(shape: Convolution, padded: usize, pitch: i32, rows: i32, dx: usize): void {
  const channels = shape.sourceChannels;
  const columns = pitch / max(channels, 1);
  const firstColumn = max(shape.originColumn, 0);
  const lastColumn = min(shape.originColumn + columns, shape.sourceColumns);
  const presentBytes = <usize>(max(lastColumn - firstColumn, 0) * channels) << 2;
  const leftBytes = <usize>(firstColumn * channels) << 2;
  const rowBytes = <usize>(shape.sourceColumns * channels) << 2;
  for (let row = 0; row < shape.sourceRows; row++) {
    const from = row - shape.originRow;
    if (from < 0 || from >= rows || presentBytes == 0) {
      memory.fill(dx, 0, rowBytes);
    } else {
      memory.fill(dx, 0, leftBytes);
      memory.copy(dx + leftBytes, padded + (<usize>(from * pitch + (firstColumn - shape.originColumn) * channels) << 2), presentBytes);
      memory.fill(dx + leftBytes + presentBytes, 0, rowBytes - leftBytes - presentBytes);
    }
    dx += rowBytes;
  }
}
