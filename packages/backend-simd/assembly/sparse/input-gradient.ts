import { Convolution, rowPitch } from '../conv/convolution';
import { Pooling } from '../pool/pooling';
import { scratchPointer } from '../scratch';
import { accumulateEntries } from './accumulate';

/** Weights of a channel that are used for a row of windows before the next: those of all channels fit the cache. */
@inline
const RUN: i32 = 48;

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

/**
 * Adds every winner's share to the padded source image, a row of windows at a time: of the weights, one run of RUN floats is
 * used for all windows of the row before the next.
 */
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
  const capacityBytes = <usize>(channels + 1) << 3;
  // Lists of each window: one for each place, and one of those without a winner. Their ends stand behind them all.
  const windowBytes = <usize>(places + 1) * capacityBytes;
  const ends = lists + <usize>pool.outColumns * windowBytes;
  const rowFloats = rowPitch(shape) * shape.rowStep;
  const columnFloats = shape.columnStep * shape.sourceChannels;
  const length = shape.segmentLength;
  for (let row = 0; row < pool.outRows; row++) {
    const top = row * pool.rowStep - pool.padTop;
    for (let column = 0; column < pool.outColumns; column++) {
      collect(shape, places, dy, winners, lists + <usize>column * windowBytes, ends + (<usize>column << 10));
      dy += <usize>channels << 2;
      winners += channels;
    }
    for (let segment = 0; segment < shape.segmentCount; segment++) {
      const segmentOffset = load<u32>(shape.segments + (<usize>segment << 2));
      for (let first = 0; first < length; first += RUN) {
        const source = filters + (<usize>(segment * length + first) << 2);
        const count = min(length - first, RUN);
        for (let column = 0; column < pool.outColumns; column++) {
          const left = column * pool.columnStep - pool.padLeft;
          const windowLists = lists + <usize>column * windowBytes;
          const windowEnds = ends + (<usize>column << 10);
          for (let place = 0; place < places; place++) {
            const list = windowLists + <usize>place * capacityBytes;
            const listEnd = <usize>load<u32>(windowEnds + (<usize>place << 2));
            if (list == listEnd) continue;
            const i = place / pool.windowColumns;
            const j = place - i * pool.windowColumns;
            const patch = padded + (<usize>((top + i) * rowFloats + (left + j) * columnFloats + first) << 2);
            addRun(patch + segmentOffset, source, list, listEnd, count);
          }
        }
      }
    }
  }
}

/**
 * Lists the channels of one window by the place of their winner: byte offset of the channel's weights, and gradient.
 * Without branches: an entry of no account is written and not counted; 255, no winner, has a list of its own.
 */
function collect(shape: Convolution, places: i32, dy: usize, winners: usize, lists: usize, ends: usize): void {
  const channels = shape.outChannels;
  const taps = shape.segmentCount * shape.segmentLength;
  const capacity = channels + 1;
  for (let place = 0; place < places; place++) {
    store<u32>(ends + (<usize>place << 2), <u32>(lists + (<usize>(place * capacity) << 3)));
  }
  store<u32>(ends + (255 << 2), <u32>(lists + (<usize>(places * capacity) << 3)));
  const tapsBytes = taps << 2;
  const winnersEnd = winners + channels;
  for (let offset = 0; winners != winnersEnd; offset += tapsBytes) {
    const value = load<u32>(dy);
    const slot = ends + (<usize>load<u8>(winners++) << 2);
    const entry = <usize>load<u32>(slot);
    store<i32>(entry, offset);
    store<u32>(entry, value, 4);
    // Shifted by one: minus zero is zero.
    store<u32>(slot, <u32>entry + (<u32>(value << 1 != 0) << 3));
    dy += 4;
  }
}

/** Adds up to RUN weights of the listed channels, times their gradients, to the source. */
function addRun(target: usize, source: usize, list: usize, listEnd: usize, count: i32): void {
  const whole = count & ~3;
  accumulateEntries(target, source, list, listEnd, whole);
  for (let i = whole; i < count; i++) {
    const at = target + (<usize>i << 2);
    let sum = load<f32>(at);
    for (let entry = list; entry != listEnd; entry += 8) {
      sum += load<f32>(entry, 4) * load<f32>(source + load<u32>(entry) + (<usize>i << 2));
    }
    store<f32>(at, sum);
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
