import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ImageShape } from '@cnn/core';
import { type Image, parseIdx, syntheticDigits } from '@cnn/datasets';
import { describe, expect, test } from 'vitest';
import { digitPlausibility } from './digit-plausibility.ts';
import { inputOf, thumbnail } from './image-input.ts';
import { preparePicture } from './prepare-picture.ts';

const DIGITS = {
  classNames: [...'0123456789'],
  sampleShape: [28, 28, 1] as ImageShape,
  test: { sampleShape: [28, 28, 1] as ImageShape },
};
const FASHION = { ...DIGITS, classNames: ['shirt', 'boot'] };

/** An RGBA picture from grey values. */
function picture(height: number, width: number, grey: (row: number, column: number) => number): Image {
  const pixels = new Uint8Array(4 * height * width);
  for (let i = 0; i < height * width; i++) {
    pixels.fill(grey(Math.floor(i / width), i % width), 4 * i, 4 * i + 3);
    pixels[4 * i + 3] = 255;
  }
  return { pixels, shape: [height, width, 4] };
}

const of = (pixels: ArrayLike<number>, inverted = false): Image =>
  picture(28, 28, (row, column) => (inverted ? 255 - pixels[row * 28 + column]! : pixels[row * 28 + column]!));
const digits = syntheticDigits({ split: 'test', count: 60, seed: 1 });
/** A smooth scene with some texture. */
const photograph = picture(
  120,
  160,
  (row, column) => 128 + 70 * Math.sin(row / 23) + 40 * Math.cos(column / 9 + row / 31),
);
const three = picture(100, 300, (row, column) => (row > 30 && row < 70 && column % 60 > 25 ? 0 : 255));

describe('a picture instead of a digit', () => {
  test('every digit of the synthetic set may be one, on black and on white', () => {
    for (let index = 0; index < digits.length; index++) {
      const { pixels } = digits.get(index) as Image;
      expect(digitPlausibility(of(pixels))).toEqual({ darkOnLight: false, objection: null });
      expect(digitPlausibility(of(pixels, true))).toEqual({ darkOnLight: true, objection: null });
    }
  });

  test.each([
    ['a photograph', photograph, /many shades/],
    ['several things', three, /5 separate parts/],
    ['nothing', picture(50, 50, () => 250), /blank/],
    [
      'a surface',
      picture(60, 60, (row, column) => (row > 4 && row < 56 && column > 4 && column < 56 ? 20 : 240)),
      /ink/,
    ],
  ])('%s is refused, with the reason', (_, image, reason) => {
    expect(() => preparePicture(image, DIGITS, { origin: 'file' })).toThrow(reason);
    expect(() => preparePicture(image, DIGITS, { origin: 'file' })).toThrow(/Crop it to one digit, or draw one/);
  });

  test('dark on light is inverted, and that is said', () => {
    const { pixels } = digits.get(7) as Image;
    const light = preparePicture(of(pixels, true), DIGITS, { origin: 'file' });
    expect(light.note).toMatch(/Dark on light/);
    const dark = preparePicture(of(pixels), DIGITS, { origin: 'file' });
    expect(dark.note).toBeNull();
    let difference = 0;
    for (const [i, value] of dark.image.pixels.entries()) difference += Math.abs(value - light.image.pixels[i]!);
    expect(difference / 784).toBeLessThan(4);
  });

  test('an empty drawing is no drawing', () => {
    expect(() =>
      preparePicture(
        picture(280, 280, () => 0),
        DIGITS,
        { origin: 'drawing' },
      ),
    ).toThrow(/blank/);
  });
});

describe('other data sets', () => {
  test('pieces of clothing are not centred: they take the size of the data set', async () => {
    const boot = picture(56, 56, (row, column) => (row < 8 && column < 8 ? 255 : 0));
    const { image, note } = preparePicture(boot, FASHION, { origin: 'drawing' });
    expect([image.shape, note]).toEqual([[28, 28, 1], null]);
    expect(image.pixels[0]).toBe(255);
    const { data, shape } = await inputOf({ transforms: [] }, image);
    expect([shape, data[0]]).toEqual([[1, 28, 28, 1], 1]);
    const bright = preparePicture(
      picture(40, 30, () => 250),
      FASHION,
      { origin: 'file' },
    );
    expect(bright.note).toMatch(/inverted/);
    expect(bright.image.pixels[5]).toBe(5);
  });

  test('colours stay colours, in the data set’s size or as they are', () => {
    const colour = { classNames: ['cat', 'dog'], sampleShape: [32, 32, 3] as ImageShape };
    const red = picture(64, 80, () => 9);
    expect(
      preparePicture(red, { ...colour, test: { sampleShape: [32, 32, 3] } }, { origin: 'file' }).image.shape,
    ).toEqual([32, 32, 3]);
    expect(preparePicture(red, { ...colour, test: { sampleShape: null } }, { origin: 'file' }).image.shape).toEqual([
      64, 80, 3,
    ]);
  });

  test('large pictures are sent small, floats as bytes', () => {
    expect(thumbnail(picture(200, 100, () => 7)).shape).toEqual([96, 48, 4]);
    expect([...thumbnail({ pixels: Float32Array.of(0, 0.5, 1), shape: [1, 3, 1] }).pixels]).toEqual([0, 128, 255]);
  });
});

const FILE = 't10k-images-idx3-ubyte.gz';
const folder = process.env.CNN_DATA_DIR;
if (!folder) console.log('Skipped: MNIST’s own digits. Set CNN_DATA_DIR to have them judged.');

describe.skipIf(!folder)('MNIST', () => {
  test('nearly all of its digits may be digits', () => {
    const bytes = gunzipSync(readFileSync(join(folder ?? '', 'mnist', FILE)));
    const { data } = parseIdx({ file: FILE, bytes }, 3);
    const objections = Array.from({ length: 1000 }, (_, i) =>
      digitPlausibility(of(data.subarray(784 * i, 784 * (i + 1)), true)),
    ).filter(({ objection }) => objection);
    expect(objections.length).toBeLessThan(20);
  });
});
