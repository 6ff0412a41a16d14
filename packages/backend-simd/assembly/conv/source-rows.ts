import { clearFloats, copyFloats } from '../floats';
import { scratchPointer } from '../scratch';
import { Convolution, rowPitch } from './convolution';

/**
 * Address of the first tap of output row `row` of image `image`. Where there is padding, the rows that `rows` output
 * rows need are copied to scratch memory with zeros around them.
 */
export function sourceRows(shape: Convolution, x: usize, image: i32, row: i32, rows: i32): usize {
  const first = shape.originRow + row * shape.rowStep;
  const channels = shape.sourceChannels;
  const imageStart = x + ((<usize>image * shape.sourceRows * shape.sourceColumns * channels) << 2);
  if (!shape.padded) {
    return imageStart + (<usize>((first * shape.sourceColumns + shape.originColumn) * channels) << 2);
  }
  const pitch = rowPitch(shape);
  const columns = pitch / max(channels, 1);
  const count = (rows - 1) * shape.rowStep + shape.spanRows;
  const left = min(max(-shape.originColumn, 0), columns);
  const skipped = max(shape.originColumn, 0);
  const present = max(min(shape.sourceColumns - skipped, columns - left), 0);
  const leftFloats = left * channels;
  const presentFloats = present * channels;
  const rowBytes = <usize>pitch << 2;
  for (let i = 0; i < count; i++) {
    const target = scratchPointer + <usize>i * rowBytes;
    const sourceRow = first + i;
    if (sourceRow < 0 || sourceRow >= shape.sourceRows || present == 0) {
      clearFloats(target, pitch);
      continue;
    }
    const source = imageStart + (<usize>((sourceRow * shape.sourceColumns + skipped) * channels) << 2);
    const behind = leftFloats + presentFloats;
    clearFloats(target, leftFloats);
    copyFloats(target + (<usize>leftFloats << 2), source, presentFloats);
    clearFloats(target + (<usize>behind << 2), pitch - behind);
  }
  return scratchPointer;
}

/** Bytes of scratch memory that `sourceRows` fills. */
@inline
export function sourceRowsBytes(shape: Convolution, rows: i32): usize {
  if (!shape.padded) return 0;
  return ((<usize>((rows - 1) * shape.rowStep + shape.spanRows) * rowPitch(shape)) << 2) + 15 & ~15;
}

/**
 * Copies the taps of each output of `rows` rows together: a matrix of `rows * outColumns` by all taps.
 * Returns its address, in scratch memory behind the source rows.
 */
export function gatherTaps(shape: Convolution, source: usize, rows: i32): usize {
  const matrix = scratchPointer + sourceRowsBytes(shape, rows);
  const pitch = rowPitch(shape) * shape.rowStep;
  const lengthBytes = <usize>shape.segmentLength << 2;
  let target = matrix;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < shape.outColumns; column++) {
      const from = source + (<usize>(row * pitch + column * shape.columnStep * shape.sourceChannels) << 2);
      for (let segment = 0; segment < shape.segmentCount; segment++) {
        const taps = from + load<u32>(shape.segments + (<usize>segment << 2));
        // Whole vectors: what is written too much is written over by what follows.
        if (lengthBytes <= 16) v128.store(target, v128.load(taps));
        else for (let i: usize = 0; i < lengthBytes; i += 16) v128.store(target + i, v128.load(taps + i));
        target += lengthBytes;
      }
    }
  }
  return matrix;
}

/** Bytes of scratch memory that `gatherTaps` fills for `rows` rows. */
@inline
export function gatheredBytes(shape: Convolution, rows: i32): usize {
  const floats = <usize>(rows * shape.outColumns * shape.segmentCount * shape.segmentLength);
  return ((floats << 2) + 31) & ~15;
}
