import { CnnError } from '@cnn/core';
import { type MemoryDataset, memoryDataset } from '../memory/memory-dataset.ts';
import { SampleRandom } from '../random/sample-random.ts';
import { DIGIT_SIDE, DigitArtist } from './draw-digit.ts';

/** Which synthetic digits. */
export interface SyntheticDigitsOptions {
  /** Images to draw. Default: 12,000 for training, 2,000 for the test. */
  readonly count?: number;
  /** Names the set: same seed, same bytes, in Node and in every browser. */
  readonly seed?: number;
  /** The splits of one seed share no image. */
  readonly split?: 'train' | 'test';
}

/**
 * Digits drawn by this package: grey, 28 × 28, white on black like MNIST's, as many of each class. Image `i` depends
 * on the seed, the split and `i` alone, so that a smaller set is the beginning of a larger one.
 *
 * @throws CnnError `invalid-argument` when `count` is not a positive integer.
 */
export function syntheticDigits(options: SyntheticDigitsOptions = {}): MemoryDataset {
  const { seed = 0, split = 'train' } = options;
  const { count = split === 'train' ? 12_000 : 2_000 } = options;
  if (!Number.isInteger(count) || count <= 0) {
    throw new CnnError('invalid-argument', {
      where: 'syntheticDigits.count',
      expected: 'a positive integer',
      received: String(count),
      remedy: 'Pass the number of images to draw',
    });
  }
  const size = DIGIT_SIDE * DIGIT_SIDE;
  const pixels = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  const artist = new DigitArtist();
  const random = new SampleRandom(0);
  for (let i = 0; i < count; i++) {
    random.reseed(seed, split === 'train' ? 0 : 1, i);
    labels[i] = i % 10;
    artist.draw(i % 10, random, pixels.subarray(i * size, (i + 1) * size));
  }
  return memoryDataset({
    name: 'synthetic-digits',
    pixels,
    labels,
    shape: [DIGIT_SIDE, DIGIT_SIDE, 1],
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  });
}
