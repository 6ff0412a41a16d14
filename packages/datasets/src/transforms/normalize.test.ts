import { expect, test } from 'vitest';
import { fixture, floatsOf } from '../../test/fixture.ts';
import { SampleRandom } from '../random/sample-random.ts';
import { byteTable } from './compose.ts';
import { normalize } from './normalize.ts';
import { toFloat } from './to-float.ts';

const random = new SampleRandom(0);

test.each(fixture<{ mean: number[]; std: number[]; table: string }[]>('normalize.json'))(
  "equals PyTorch's float32 bits for every byte: mean $mean, std $std",
  ({ mean, std, table }) => {
    const expected = floatsOf(table);
    expect(byteTable([normalize({ mean, std })], mean.length)).toEqual(expected);
    expect(byteTable([toFloat(), normalize({ mean, std })], mean.length)).toEqual(expected);
  },
);

test('one mean serves all channels', () => {
  const image = { pixels: Float32Array.of(1, 2, 3), shape: [1, 1, 3] as const };
  expect(normalize({ mean: [1], std: [2] }).apply(image, random).pixels).toEqual(Float32Array.of(0, 0.5, 1));
  expect(image.pixels).toEqual(Float32Array.of(1, 2, 3));
});

test('another number of channels is refused, before any pixel is touched', () => {
  const transform = normalize({ mean: [0, 0, 0], std: [1, 1, 1] });
  expect(() => transform.outputShape([28, 28, 1])).toThrow(
    'normalize: expected an image of 3 channels, received 1 (shape [28, 28, 1]). Pass a mean and a deviation for each of the 1 channels, or one for all.',
  );
});

test.each([
  [{ mean: [], std: [] }],
  [{ mean: [0.5], std: [0] }],
  [{ mean: [0.5], std: [0.5, 0.5] }],
  [{ mean: [Number.NaN], std: [1] }],
])('%j is refused', (options) => {
  expect(() => normalize(options)).toThrow(
    'normalize: expected a mean and a positive standard deviation for each channel',
  );
});
