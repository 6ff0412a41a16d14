import { expect, test } from 'vitest';
import { SampleRandom } from './sample-random.ts';

const words = (...keys: number[]): number[] => {
  const random = new SampleRandom(...keys);
  return Array.from({ length: 4 }, () => random.u32());
};

test('the numbers of a key are these, in every engine', () => {
  expect(words(0)).toEqual([2964697692, 2207621122, 1031908219, 2751387711]);
});

test('the same keys give the same stream, other keys or another order another', () => {
  expect(words(1, 2, 3)).toEqual(words(1, 2, 3));
  const streams = [words(1, 2, 3), words(1, 3, 2), words(1, 2), words(1, 2, 4), words(0, 2, 3), words(1, 2, 3, 0)];
  expect(new Set(streams.map(String)).size).toBe(streams.length);
});

test('a new seed begins the stream anew', () => {
  const random = new SampleRandom(5);
  random.u32();
  random.reseed(1, 2, 3);
  expect(random.u32()).toBe(words(1, 2, 3)[0]);
});

test('numbers are spread evenly', () => {
  const random = new SampleRandom(11);
  const counts = new Array<number>(10).fill(0);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < 50_000; i++) {
    counts[random.integer(10)]!++;
    const normal = random.normal();
    sum += normal;
    squares += normal * normal;
  }
  for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(350); // five deviations
  expect(sum / 50_000).toBeCloseTo(0, 1);
  expect(squares / 50_000).toBeCloseTo(1, 1);
  expect(random.uniform(3, 4)).toBeGreaterThanOrEqual(3);
});

test('first numbers of neighbouring samples are not alike', () => {
  const first = Array.from({ length: 20_000 }, (_, i) => new SampleRandom(0, 0, i).uniform());
  const mean = first.reduce((sum, x) => sum + x, 0) / first.length;
  const products = first.slice(1).map((x, i) => (x - 0.5) * (first[i]! - 0.5));
  expect(mean).toBeCloseTo(0.5, 1.7);
  expect(Math.abs(products.reduce((sum, x) => sum + x, 0) / products.length / (1 / 12))).toBeLessThan(0.04);
});
