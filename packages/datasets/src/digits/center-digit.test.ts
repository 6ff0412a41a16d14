import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realData } from '../../test/real-data.ts';
import { decodeImage } from '../files/decode-image.ts';
import { openDataset } from '../files/open-dataset.ts';
import { Pen } from '../synthetic/pen.ts';
import type { Image } from '../transforms/transform.ts';
import { centerDigit } from './center-digit.ts';
import { strokeWidth } from './stroke-width.ts';

/** A seven drawn with a round pen, 1 where there is ink. */
function seven(side: number, radius: number, shift = 0): Float32Array {
  const pen = new Pen(side);
  const at = (part: number): number => part * side + shift;
  pen.line(at(0.3), at(0.3), at(0.6), at(0.3), radius);
  pen.line(at(0.6), at(0.3), at(0.42), at(0.75), radius);
  return pen.ink;
}

/** Ink on paper as an image of so many channels; the last of 2 or 4 is alpha. */
function picture(ink: Float32Array, side: number, { channels = 3, paper = 255, pen = 0, alpha = false } = {}): Image {
  const pixels = new Uint8Array(side * side * channels);
  ink.forEach((amount, i) => {
    pixels.fill(paper + (pen - paper) * amount, i * channels, (i + 1) * channels);
    if (channels === 2 || channels === 4) pixels[(i + 1) * channels - 1] = alpha ? 255 * amount : 255;
  });
  return { pixels, shape: [side, side, channels] };
}

/** Box and centre of mass of the ink. */
function measured({ pixels }: Image) {
  let [top, bottom, left, right, mass, rows, columns] = [28, -1, 28, -1, 0, 0, 0];
  pixels.forEach((value, i) => {
    if (value === 0) return;
    const [row, column] = [Math.floor(i / 28), i % 28];
    [top, bottom, left, right] = [
      Math.min(top, row),
      Math.max(bottom, row),
      Math.min(left, column),
      Math.max(right, column),
    ];
    [mass, rows, columns] = [mass + value, rows + value * row, columns + value * column];
  });
  return { height: bottom - top + 1, width: right - left + 1, row: rows / mass, column: columns / mass };
}

/** Greatest difference of two images, as a part of 255. */
function difference(a: Image, b: Image): number {
  return Math.max(...Array.from(a.pixels, (value, i) => Math.abs(value - b.pixels[i]!))) / 255;
}

const reference = centerDigit(picture(seven(200, 12), 200));

test('the ink fits 20 × 20 and its centre of mass is in the middle, as in MNIST', () => {
  expect(reference.shape).toEqual([28, 28, 1]);
  const { height, width, row, column } = measured(reference);
  expect(Math.max(height, width)).toBe(20);
  expect(Math.abs(row - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(column - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.max(...reference.pixels)).toBe(255);
});

test.each([
  ['grey', picture(seven(200, 12), 200, { channels: 1 })],
  ['light on dark', picture(seven(200, 12), 200, { paper: 0, pen: 255 })],
  ['faint ink on grey paper', picture(seven(200, 12), 200, { paper: 180, pen: 120 })],
  ['black on transparent', picture(seven(200, 12), 200, { channels: 4, paper: 0, pen: 0, alpha: true })],
  ['white on transparent', picture(seven(200, 12), 200, { channels: 4, paper: 255, pen: 255, alpha: true })],
  ['opaque RGBA', picture(seven(200, 12), 200, { channels: 4 })],
  ['somewhere else', picture(seven(200, 12, 25), 200)],
  ['larger', picture(seven(1000, 60), 1000)],
  ['smaller', picture(seven(100, 6), 100)],
  ['floats', { pixels: seven(200, 12), shape: [200, 200, 1] }],
] as [string, Image][])('the same digit comes out when it is %s', (_case, image) => {
  expect(difference(centerDigit(image), reference)).toBeLessThan(0.3);
});

test.each([0.6, 1, 2, 4])('strokes of radius %d of 400 pixels become as wide as those of MNIST', (radius) => {
  const { pixels } = centerDigit(picture(seven(400, radius), 400, { paper: 0, pen: 255 }));
  const width = strokeWidth({ values: Float32Array.from(pixels, (value) => value / 255), height: 28, width: 28 });
  expect(width).toBeGreaterThan(1.8);
  expect(width).toBeLessThan(3.4);
});

test('dust is left out', () => {
  const ink = seven(200, 12);
  for (const at of [205, 39_000, 20_190]) ink[at] = 1;
  expect(difference(centerDigit(picture(ink, 200)), reference)).toBeLessThan(0.05);
});

test('a digit in a photograph with noise and uneven light is found', () => {
  const ink = seven(200, 12);
  const pixels = Uint8Array.from(
    ink,
    (amount, i) => (210 - (i % 200) * 0.15) * (1 - 0.8 * amount) + ((i * 7919) % 13) - 6,
  );
  expect(difference(centerDigit({ pixels, shape: [200, 200, 1] }), reference)).toBeLessThan(0.45);
});

test('a one stays thin and upright', () => {
  const pen = new Pen(100);
  pen.line(50, 20, 50, 80, 4);
  const { height, width } = measured(centerDigit(picture(pen.ink, 100)));
  expect(height).toBe(20);
  expect(width).toBeLessThan(6);
});

test.each([
  ['white', new Uint8Array(900).fill(255)],
  ['black', new Uint8Array(900)],
  ['nearly even', Uint8Array.from({ length: 900 }, (_, i) => 128 + (i % 9))],
])('a blank image (%s) says so', (_case, pixels) => {
  expect(() => centerDigit({ pixels, shape: [30, 30, 1] }, { file: 'blank.png' })).toThrow(
    /^blank.png: expected a digit that stands out from its background, received a blank image \(30 × 30, a contrast of \d+ of 255\)/,
  );
});

test('an image of a single pixel is blank', () => {
  expect(() => centerDigit({ pixels: Uint8Array.of(9), shape: [1, 1, 1] })).toThrow('a blank image');
});

const mnist = realData('mnist');

test.skipIf(!mnist)("MNIST's own digits stay where they are", async () => {
  const images = await openDataset('mnist', { searchPaths: [join(mnist ?? '', '..')], split: 'test' });
  let correlated = 0;
  for (let index = 0; index < 300; index++) {
    const original = images.get(index);
    const centred = centerDigit(original);
    let [dot, a, b] = [0, 0, 0];
    original.pixels.forEach((value, i) => {
      dot += value * centred.pixels[i]!;
      a += value * value;
      b += centred.pixels[i]! ** 2;
    });
    if (dot / Math.sqrt(a * b) > 0.8) correlated++;
  }
  expect(correlated / 300).toBeGreaterThan(0.95);
});

const drawings = realData('user-digits/my_digits');

describe.skipIf(!drawings)('digits that a person drew', () => {
  test('thin white strokes on black become centred strokes of the usual width', async () => {
    for (let digit = 0; digit < 10; digit++) {
      const bytes = await readFile(join(drawings ?? '', `${digit}.png`));
      const image = centerDigit(await decodeImage(bytes));
      const { row, column } = measured(image);
      expect(Math.hypot(row - 14, column - 14)).toBeLessThan(1);
      const values = Float32Array.from(image.pixels, (value) => value / 255);
      expect(strokeWidth({ values, height: 28, width: 28 })).toBeGreaterThan(1.9);
    }
  });
});
