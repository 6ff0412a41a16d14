import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';

/** Contents of an IDX file of unsigned bytes. */
export interface IdxArray {
  /** Sides from the header, slowest first: `[60000, 28, 28]` for MNIST's training images, `[60000]` for its labels. */
  readonly shape: readonly number[];
  /** Values in row-major order: a view of the file's bytes, not a copy. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const TYPE_NAMES: Readonly<Record<number, string>> = {
  8: 'unsigned byte',
  9: 'signed byte',
  11: 'int16',
  12: 'int32',
  13: 'float32',
  14: 'float64',
};

/**
 * Reads an uncompressed IDX file of unsigned bytes, the format of MNIST: two zero bytes, the type, the number of
 * dimensions, each side as a big-endian 32-bit integer, then the values.
 *
 * @param dimensions Expected number of dimensions: 3 for grey images, 1 for labels.
 * @throws CnnError `invalid-file` on another magic number, or when there are fewer or more bytes than the header says.
 * @see http://yann.lecun.com/exdb/mnist/
 */
export function parseIdx({ file, bytes }: NamedBytes, dimensions: number): IdxArray {
  const headerBytes = 4 + 4 * dimensions;
  if (bytes.byteLength < headerBytes) {
    throw new CnnError('invalid-file', {
      where: file,
      expected: `an IDX header of ${headerBytes} bytes`,
      received: `${bytes.byteLength} bytes`,
      remedy: 'The file is cut short: fetch it again',
    });
  }
  checkMagic(file, bytes, dimensions);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, side) => product * side, 1);
  const surplus = bytes.byteLength - headerBytes - size;
  if (surplus !== 0) {
    throw new CnnError('invalid-file', {
      where: file,
      expected: `${headerBytes + size} bytes (a header of ${headerBytes} and ${shape.join(' × ')} values)`,
      received: `${bytes.byteLength} bytes, ${Math.abs(surplus)} ${surplus < 0 ? 'too few' : 'too many'}`,
      remedy: surplus < 0 ? 'The file is cut short: fetch it again' : 'The file has something appended: fetch it again',
    });
  }
  return { shape, data: bytes.subarray(headerBytes) };
}

function checkMagic(file: string, bytes: Uint8Array, dimensions: number): void {
  const [first, second, type, rank] = bytes;
  if (first === 0 && second === 0 && type === UNSIGNED_BYTE && rank === dimensions) return;
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const isIdx = first === 0 && second === 0 && TYPE_NAMES[type ?? 0] !== undefined;
  throw new CnnError('invalid-file', {
    where: file,
    expected: `the IDX magic number 00 00 08 0${dimensions} (unsigned bytes, ${dimensions} ${dimensions === 1 ? 'dimension' : 'dimensions'})`,
    received: isIdx ? `${magic} (${TYPE_NAMES[type!]}, ${rank} dimensions)` : magic,
    remedy:
      isIdx && type === UNSIGNED_BYTE
        ? 'Check that the files of images and labels are not swapped'
        : 'Pass an IDX file of unsigned bytes, plain or gzipped',
  });
}
