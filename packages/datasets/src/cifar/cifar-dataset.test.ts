import { expect, test } from 'vitest';
import { cifarDataset } from './cifar-dataset.ts';

const classNames = ['airplane', 'automobile', 'bird'];

/** Two records whose planes hold one value each. */
function records(labels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(3073 * labels.length);
  labels.forEach((label, record) => {
    bytes[record * 3073] = label;
    for (let channel = 0; channel < 3; channel++) {
      bytes.fill(
        10 * (record + 1) + channel,
        record * 3073 + 1 + channel * 1024,
        record * 3073 + 1 + (channel + 1) * 1024,
      );
    }
  });
  return bytes;
}

test('planes become pixels of three channels', () => {
  const dataset = cifarDataset(
    [
      { file: 'a', bytes: records([2, 0]) },
      { file: 'b', bytes: records([1]) },
    ],
    { classNames },
  );
  expect(dataset.length).toBe(3);
  expect(Array.from(dataset.labels)).toEqual([2, 0, 1]);
  const { pixels, shape, label } = dataset.get(1);
  expect(shape).toEqual([32, 32, 3]);
  expect(label).toBe(0);
  expect(Array.from(pixels.slice(0, 6))).toEqual([20, 21, 22, 20, 21, 22]);
});

test('rows stay rows', () => {
  const bytes = records([0]);
  bytes[1 + 33] = 200; // red of the second row's second pixel
  expect(cifarDataset([{ file: 'a', bytes }], { classNames }).get(0).pixels[33 * 3]).toBe(200);
});

test.each([0, 3000, 3074])('a file of %i bytes is refused', (length) => {
  expect(() => cifarDataset([{ file: 'a.bin', bytes: new Uint8Array(length) }], { classNames })).toThrow(
    `a.bin: expected whole records of 3073 bytes (a label and 3 × 32 × 32 values), received ${length} bytes`,
  );
});

test('a label outside the classes is named with its file and record', () => {
  const files = [
    { file: 'a', bytes: records([0, 1]) },
    { file: 'b', bytes: records([1, 7]) },
  ];
  expect(() => cifarDataset(files, { classNames })).toThrow('b, record 1: expected a class index 0..2, received 7.');
});
