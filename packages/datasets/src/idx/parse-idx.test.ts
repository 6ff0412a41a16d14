import { expect, test } from 'vitest';
import { idxBytes } from '../../test/idx-bytes.ts';
import { parseIdx } from './parse-idx.ts';

test('values are a view of the file, not a copy', () => {
  const bytes = idxBytes([2, 2, 3]);
  const { shape, data } = parseIdx({ file: 'images', bytes }, 3);
  expect(shape).toEqual([2, 2, 3]);
  expect(Array.from(data)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(data.buffer).toBe(bytes.buffer);
});

test('a file that lies at an offset of a larger buffer is read', () => {
  const larger = new Uint8Array(40);
  larger.set(idxBytes([3], [7, 8, 9]), 5);
  const { data } = parseIdx({ file: 'labels', bytes: larger.subarray(5, 16) }, 1);
  expect(Array.from(data)).toEqual([7, 8, 9]);
});

test('a truncated file names the bytes that it should have', () => {
  const bytes = idxBytes([2, 28, 28]).subarray(0, 1000);
  expect(() => parseIdx({ file: 'train-images', bytes }, 3)).toThrow(
    'train-images: expected 1584 bytes (a header of 16 and 2 × 28 × 28 values), received 1000 bytes, 584 too few. The file is cut short: fetch it again.',
  );
});

test('an oversized file is refused', () => {
  const bytes = new Uint8Array(20);
  bytes.set(idxBytes([3], [1, 2, 3]));
  expect(() => parseIdx({ file: 'labels', bytes }, 1)).toThrow('received 20 bytes, 9 too many');
});

test('a header that is cut short is refused', () => {
  expect(() => parseIdx({ file: 'labels', bytes: Uint8Array.of(0, 0, 8) }, 1)).toThrow(
    'labels: expected an IDX header of 8 bytes, received 3 bytes.',
  );
});

test.each([
  [
    'images given as labels',
    idxBytes([1, 2, 2]),
    1,
    'received 00 00 08 03 (unsigned byte, 3 dimensions). Check that the files of images and labels are not swapped.',
  ],
  ['another type', Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), 1, 'received 00 00 0d 01 (float32, 1 dimensions)'],
  [
    'another format',
    new TextEncoder().encode('<!DOCTYPE html>'),
    1,
    'received 3c 21 44 4f. Pass an IDX file of unsigned bytes, plain or gzipped.',
  ],
])('a wrong magic number is shown: %s', (_case, bytes, dimensions, message) => {
  expect(() => parseIdx({ file: 'file', bytes }, dimensions)).toThrow(message);
});

test('a size beyond any file is refused without taking memory', () => {
  const bytes = idxBytes([1]);
  new DataView(bytes.buffer).setUint32(4, 0xffffffff);
  expect(() => parseIdx({ file: 'labels', bytes }, 1)).toThrow('expected 4294967303 bytes');
});
