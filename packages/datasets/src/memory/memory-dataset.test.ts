import { expect, test } from 'vitest';
import { memoryDataset } from './memory-dataset.ts';

test('samples are views of the one array', () => {
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const dataset = memoryDataset({ pixels, labels: Uint8Array.of(1, 0), shape: [2, 2, 1] });
  expect(dataset.get(1).pixels).toEqual(Uint8Array.of(5, 6, 7, 8));
  expect(dataset.get(1).pixels.buffer).toBe(pixels.buffer);
});

test('classes without names are numbered', () => {
  const dataset = memoryDataset({ pixels: new Uint8Array(3), labels: Uint8Array.of(0, 4, 2), shape: [1, 1, 1] });
  expect(dataset.classNames).toEqual(['0', '1', '2', '3', '4']);
});

test('lengths that do not fit are refused with the numbers', () => {
  expect(() => memoryDataset({ pixels: new Uint8Array(10), labels: Uint8Array.of(0, 1), shape: [2, 2, 1] })).toThrow(
    'memoryDataset.pixels: expected 8 values (2 labels × 2 × 2 × 1), received 10.',
  );
});

test.each([
  [Uint8Array.of(0, 2), '2'],
  [Int32Array.of(0, -1), '-1'],
])('a label outside the classes is refused', (labels, received) => {
  const options = { pixels: new Uint8Array(2), labels, shape: [1, 1, 1] as const, classNames: ['a', 'b'] };
  expect(() => memoryDataset(options)).toThrow(
    `memoryDataset.labels: expected class indices 0..1, received ${received}.`,
  );
});
