import { describe, expect, test } from 'vitest';
import { patternImage } from '../../test/pattern-image.ts';
import { SampleRandom } from '../random/sample-random.ts';
import { colorJitter } from './color-jitter.ts';
import { randomAffine, randomRotation } from './random-affine.ts';
import { randomCrop } from './random-crop.ts';
import { randomErasing } from './random-erasing.ts';
import { randomHorizontalFlip, randomVerticalFlip } from './random-flip.ts';
import { randomResizedCrop } from './random-resized-crop.ts';
import { floatImage } from './to-float.ts';
import type { Image, Transform } from './transform.ts';
import { warpAffine } from './warp-affine.ts';

const every: Transform[] = [
  randomCrop({ size: [6, 7], padding: 2 }),
  randomResizedCrop({ size: 5 }),
  randomHorizontalFlip(),
  randomVerticalFlip(),
  randomRotation({ degrees: 20 }),
  randomAffine({ degrees: 5, translate: [0.1, 0.2], scale: [0.8, 1.2], shear: 10 }),
  colorJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.2 }),
  randomErasing({ p: 0.9 }),
  randomErasing({ p: 0.9, value: 'random' }),
];
const random = (key: number): SampleRandom => new SampleRandom(7, key);
const image = patternImage([9, 11, 3]);

describe.each(every.map((transform) => [transform.name, transform] as const))('%s', (_name, transform) => {
  test.each([
    ['bytes', image],
    ['floats', floatImage(image)],
  ])('keeps its promises for %s', (_kind, input: Image) => {
    const before = input.pixels.slice();
    const outcomes = new Set<string>();
    for (let key = 0; key < 20; key++) {
      const { pixels, shape } = transform.apply(input, random(key));
      expect(shape).toEqual(transform.outputShape(input.shape));
      expect(pixels.length).toBe(shape[0] * shape[1] * shape[2]);
      expect(pixels.constructor).toBe(input.pixels.constructor);
      expect(pixels.every(Number.isFinite)).toBe(true);
      expect(transform.apply(input, random(key)).pixels).toEqual(pixels);
      outcomes.add(pixels.join());
    }
    expect(outcomes.size).toBeGreaterThan(1);
    expect(input.pixels).toEqual(before);
  });

  test('works on grey images', () => {
    const grey = patternImage([9, 11, 1]);
    expect(transform.apply(grey, random(0)).shape[2]).toBe(1);
  });
});

test('flips mirror rows and columns', () => {
  const corners: Image = { pixels: Uint8Array.of(1, 2, 3, 4), shape: [2, 2, 1] };
  expect(Array.from(randomHorizontalFlip({ p: 1 }).apply(corners, random(0)).pixels)).toEqual([2, 1, 4, 3]);
  expect(Array.from(randomVerticalFlip({ p: 1 }).apply(corners, random(0)).pixels)).toEqual([3, 4, 1, 2]);
  expect(randomHorizontalFlip({ p: 0 }).apply(corners, random(0))).toBe(corners);
});

test('a probability is kept', () => {
  const flip = randomHorizontalFlip({ p: 0.3 });
  let flipped = 0;
  for (let key = 0; key < 4000; key++) if (flip.apply(image, random(key)) !== image) flipped++;
  expect(flipped / 4000).toBeCloseTo(0.3, 1);
});

test('a random crop with a border reaches every place equally', () => {
  const point: Image = { pixels: Uint8Array.of(9), shape: [1, 1, 1] };
  const crop = randomCrop({ size: 1, padding: 1 });
  let hits = 0;
  for (let key = 0; key < 9000; key++) hits += crop.apply(point, random(key)).pixels[0]! === 9 ? 1 : 0;
  expect(hits / 9000).toBeCloseTo(1 / 9, 1.5);
});

describe('affine maps', () => {
  const dot: Image = { pixels: Uint8Array.of(0, 0, 0, 0, 0, 200, 0, 0, 0), shape: [3, 3, 1] };

  test('the identity changes nothing', () => {
    expect(warpAffine(image, [1, 0, 0, 0, 1, 0], 0).pixels).toEqual(image.pixels);
    expect(randomAffine({}).apply(image, random(0)).pixels).toEqual(image.pixels);
  });

  test('a quarter turn clockwise moves the right edge to the bottom', () => {
    const turned = randomRotation({ degrees: [90, 90] }).apply(dot, random(0));
    expect(Array.from(turned.pixels)).toEqual([0, 0, 0, 0, 0, 0, 0, 200, 0]);
  });

  test('a shift moves, and fills what it uncovers', () => {
    const shifted = warpAffine(dot, [1, 0, 1, 0, 1, 0], 7);
    expect(Array.from(shifted.pixels)).toEqual([0, 0, 7, 0, 200, 7, 0, 0, 7]);
  });

  test('a scale of 2 magnifies about the middle', () => {
    const line: Image = { pixels: Uint8Array.of(0, 100, 0, 0, 0), shape: [1, 5, 1] };
    const scaled = randomAffine({ scale: [2, 2] }).apply(line, random(0));
    expect(Array.from(scaled.pixels)).toEqual([100, 50, 0, 0, 0]);
  });

  test('half a pixel is the mean of two', () => {
    const pair: Image = { pixels: Float32Array.of(1, 3, 5), shape: [1, 3, 1] };
    expect(warpAffine(pair, [1, 0, 0.5, 0, 1, 0], 0).pixels[0]).toBe(2);
  });
});

describe('colour jitter', () => {
  const orange: Image = { pixels: Float32Array.of(1, 0.5, 0), shape: [1, 1, 3] };

  test('leaves a grey image its grey under saturation and hue', () => {
    const grey: Image = { pixels: Uint8Array.of(80, 80, 80, 120, 120, 120), shape: [1, 2, 3] };
    expect(colorJitter({ saturation: 0.9, hue: 0.5 }).apply(grey, random(1)).pixels).toEqual(grey.pixels);
  });

  test('a turn of the hue keeps the greatest and least channel', () => {
    for (let key = 0; key < 50; key++) {
      const { pixels } = colorJitter({ hue: 0.5 }).apply(orange, random(key));
      expect(Math.max(...pixels)).toBeCloseTo(1, 6);
      expect(Math.min(...pixels)).toBeCloseTo(0, 6);
    }
  });

  test('no change asked for is none', () => {
    expect(colorJitter({}).apply(image, random(0)).pixels).toEqual(image.pixels);
  });
});

test('erasing wipes out a rectangle of the asked area', () => {
  const white: Image = { pixels: new Uint8Array(100 * 100).fill(255), shape: [100, 100, 1] };
  const erase = randomErasing({ p: 1, scale: [0.1, 0.1], ratio: [1, 1] });
  const wiped = erase.apply(white, random(0)).pixels.filter((value) => value === 0).length;
  expect(wiped).toBe(32 * 32);
});

test('an image of extreme shape is cropped in its middle when nothing else fits', () => {
  const wide = patternImage([2, 100, 1]);
  const crop = randomResizedCrop({ size: 4, scale: [0.9, 1], ratio: [0.5, 1] });
  expect(crop.apply(wide, random(0)).shape).toEqual([4, 4, 1]);
});

test.each([
  [() => randomHorizontalFlip({ p: 2 }), 'random-horizontal-flip.p: expected a probability 0..1, received 2.'],
  [() => randomRotation({ degrees: -3 }), 'random-affine.degrees: expected a non-negative angle in degrees'],
  [() => randomAffine({ translate: [2, 0] }), 'random-affine.translate: expected two parts 0..1, received [2,0].'],
  [() => randomAffine({ scale: [0, 1] }), 'random-affine.scale'],
  [() => randomResizedCrop({ size: 3, scale: [1, 0.5] }), 'random-resized-crop.scale: expected two numbers from 0 on'],
  [() => colorJitter({ hue: 0.7 }), 'color-jitter.hue: expected a part of a turn 0..0.5, received 0.7.'],
  [() => colorJitter({ contrast: -1 }), 'color-jitter.contrast: expected a number from 0 on, received -1.'],
  [() => randomErasing({ p: -0.1 }), 'random-erasing.p'],
])('options that make no sense are refused', (create, message) => {
  expect(create).toThrow(message);
});
