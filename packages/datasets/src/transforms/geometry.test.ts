import { describe, expect, test } from 'vitest';
import { patternImage } from '../../test/pattern-image.ts';
import { SampleRandom } from '../random/sample-random.ts';
import { centerCrop } from './center-crop.ts';
import { grayscale } from './grayscale.ts';
import { pad } from './pad.ts';
import type { Image, Transform } from './transform.ts';

const random = new SampleRandom(0);
const counting: Image = { pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3, 1] };

function applied(transform: Transform, image: Image): number[][] {
  const { pixels, shape } = transform.apply(image, random);
  expect(shape).toEqual(transform.outputShape(image.shape));
  return Array.from({ length: shape[0] }, (_, row) =>
    Array.from(pixels.slice(row * shape[1] * shape[2], (row + 1) * shape[1] * shape[2])),
  );
}

describe('pad', () => {
  test('adds a border as torchvision counts it', () => {
    expect(applied(pad({ padding: 1, fill: 9 }), counting)).toEqual([
      [9, 9, 9, 9, 9],
      [9, 1, 2, 3, 9],
      [9, 4, 5, 6, 9],
      [9, 9, 9, 9, 9],
    ]);
    expect(applied(pad({ padding: [1, 0] }), counting)).toEqual([
      [0, 1, 2, 3, 0],
      [0, 4, 5, 6, 0],
    ]);
    expect(applied(pad({ padding: [0, 1, 2, 0] }), counting)).toEqual([
      [0, 0, 0, 0, 0],
      [1, 2, 3, 0, 0],
      [4, 5, 6, 0, 0],
    ]);
  });

  test('makes 32 × 32 of 28 × 28', () => {
    expect(pad({ padding: 2 }).outputShape([28, 28, 1])).toEqual([32, 32, 1]);
  });

  test.each([-1, 1.5])('a border of %d is refused', (padding) => {
    expect(() => pad({ padding })).toThrow('pad: expected a border in pixels');
  });
});

describe('center-crop', () => {
  test('takes the middle; an odd rest is halved to even, as in Python', () => {
    const row: Image = { pixels: Uint8Array.of(0, 1, 2, 3, 4, 5, 6), shape: [1, 7, 1] };
    expect(applied(centerCrop({ size: [1, 3] }), row)).toEqual([[2, 3, 4]]);
    expect(applied(centerCrop({ size: [1, 2] }), row)).toEqual([[2, 3]]); // round(2.5) is 2
    expect(applied(centerCrop({ size: [1, 4] }), row)).toEqual([[2, 3, 4, 5]]); // round(1.5) is 2
  });

  test('pads what is too small', () => {
    expect(applied(centerCrop({ size: [3, 4] }), counting)).toEqual([
      [1, 2, 3, 0],
      [4, 5, 6, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('keeps the channels of a pixel together', () => {
    const { pixels } = centerCrop({ size: 1 }).apply(patternImage([3, 3, 3]), random);
    expect(Array.from(pixels)).toEqual(Array.from(patternImage([3, 3, 3]).pixels.slice(12, 15)));
  });
});

describe('grayscale', () => {
  test('repeats grey for networks that take colour, and ignores alpha', () => {
    expect(applied(grayscale({ channels: 3 }), { pixels: Uint8Array.of(7), shape: [1, 1, 1] })).toEqual([[7, 7, 7]]);
    const transparent: Image = { pixels: Uint8Array.of(255, 255, 255, 0), shape: [1, 1, 4] };
    expect(applied(grayscale(), transparent)).toEqual([[255]]);
  });

  test('two channels are refused', () => {
    expect(() => grayscale({ channels: 2 })).toThrow('grayscale.channels: expected 1 or 3, received 2.');
  });
});
