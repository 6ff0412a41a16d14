import { describe, expect, test } from 'vitest';
import { bytesOf, fixture, floatsOf } from '../../test/fixture.ts';
import { patternImage } from '../../test/pattern-image.ts';
import { SampleRandom } from '../random/sample-random.ts';
import { luma } from './grayscale.ts';
import { resize } from './resize.ts';
import { floatImage } from './to-float.ts';

interface Case {
  readonly shape: readonly [number, number, number];
  readonly to: readonly [number, number];
  readonly pillow: string;
  readonly floatAntialias: string;
  readonly floatPlain: string;
}
const fixtures = fixture<{ resize: Case[]; luma: string }>('resize.json');
const random = new SampleRandom(0);

describe.each(fixtures.resize)('$shape to $to', ({ shape, to, pillow, floatAntialias, floatPlain }) => {
  const image = patternImage(shape);

  test('bytes equal Pillow, to the last one', () => {
    const { pixels, shape: resized } = resize({ size: to }).apply(image, random);
    expect(resized).toEqual([...to, shape[2]]);
    expect(Array.from(pixels)).toEqual(Array.from(bytesOf(pillow)));
  });

  test.each([
    [true, floatAntialias],
    [false, floatPlain],
  ])('floats equal PyTorch (antialias %s)', (antialias, expected) => {
    const { pixels } = resize({ size: to, antialias }).apply(floatImage(image), random);
    const reference = floatsOf(expected);
    expect(pixels.length).toBe(reference.length);
    pixels.forEach((value, i) => {
      expect(value).toBeCloseTo(reference[i]!, 5);
    });
  });
});

test('a single number is the shorter side', () => {
  expect(resize({ size: 256 }).outputShape([100, 300, 3])).toEqual([256, 768, 3]);
  expect(resize({ size: 256 }).outputShape([301, 200, 3])).toEqual([385, 256, 3]);
  expect(resize({ size: [5, 6] }).outputShape([301, 200, 3])).toEqual([5, 6, 3]);
  expect(resize({ size: 4 }).outputShape(null)).toBeNull();
});

test('an image that has the size already is passed on', () => {
  const image = patternImage([4, 5, 1]);
  expect(resize({ size: [4, 5] }).apply(image, random)).toBe(image);
});

test('a size that is none is refused', () => {
  expect(() => resize({ size: 0 })).toThrow(
    'resize: expected a positive number of pixels, or [height, width], received 0.',
  );
  expect(() => resize({ size: [3, 1.5] })).toThrow('received [3,1.5]');
});

test('luma equals Pillow, to the last byte', () => {
  expect(Array.from(luma(patternImage([13, 17, 3])).pixels)).toEqual(Array.from(bytesOf(fixtures.luma)));
});
