import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { linearAccuracy } from '../../test/linear-accuracy.ts';
import { syntheticDigits } from './synthetic-digits.ts';

const hash = (pixels: Uint8Array | Float32Array): string => createHash('sha256').update(pixels).digest('hex');

describe('the same bytes for the same seed', () => {
  test('these, in every engine', () => {
    expect(hash(syntheticDigits({ count: 500 }).pixels)).toBe(
      'f4b06538d579b4b5956b3d37cf71a3f8dcf7c291db86710803d81ccc0fe0566b',
    );
  });

  test('whatever the number of images', () => {
    const few = syntheticDigits({ count: 50, seed: 3 }).pixels;
    const many = syntheticDigits({ count: 80, seed: 3 }).pixels;
    expect(hash(many.subarray(0, 50 * 784))).toBe(hash(few));
  });

  test('and others for another seed or split', () => {
    const sets = [
      syntheticDigits({ count: 50 }),
      syntheticDigits({ count: 50, seed: 1 }),
      syntheticDigits({ count: 50, split: 'test' }),
    ];
    expect(new Set(sets.map(({ pixels }) => hash(pixels))).size).toBe(3);
  });
});

test('white on black, as many of each digit, all different', () => {
  const { pixels, labels, length } = syntheticDigits({ count: 1000 });
  const images = new Set<string>();
  for (let index = 0; index < length; index++) {
    expect(labels[index]).toBe(index % 10);
    const image = pixels.subarray(index * 784, (index + 1) * 784);
    images.add(hash(image));
    let ink = 0;
    for (const value of image) ink += value / 784 / 255;
    expect(ink).toBeGreaterThan(0.015);
    expect(ink).toBeLessThan(0.4);
  }
  expect(images.size).toBe(1000);
});

test('a linear model does not solve it', () => {
  const train = syntheticDigits({ count: 6000 });
  const accuracy = linearAccuracy(train, syntheticDigits({ split: 'test' }), { epochs: 6 });
  console.log(`Synthetic digits: a linear model has ${(100 * accuracy).toFixed(1)} % right`);
  expect(accuracy).toBeGreaterThan(0.75);
  expect(accuracy).toBeLessThan(0.92);
});

test('the 14,000 digits of the quickstart are drawn in a second or so', () => {
  syntheticDigits({ count: 500 });
  const start = performance.now();
  syntheticDigits();
  syntheticDigits({ split: 'test' });
  const elapsedMs = performance.now() - start;
  console.log(`Synthetic digits: 14,000 in ${elapsedMs.toFixed(0)} ms`);
  expect(elapsedMs).toBeLessThan(5000); // a generous bound for a busy machine; about 400 ms when idle
});

test.each([0, -1, 1.5])('%d images cannot be drawn', (count) => {
  expect(() => syntheticDigits({ count })).toThrow(
    `syntheticDigits.count: expected a positive integer, received ${count}.`,
  );
});
