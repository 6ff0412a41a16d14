import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CnnError, Generator, kaimingNormal, kaimingUniform } from '../index.ts';

interface TorchDraws {
  readonly seed: string;
  readonly uniformSha256: string;
  readonly int63: string[];
  readonly randpermSha256: string;
  readonly normal20: number[];
  readonly normal33: number[];
  readonly normal16: number[];
  readonly normal3: number[];
  readonly uniform2: number[];
  readonly normal4: number[];
  readonly kaimingUniformSha256: string;
  readonly kaimingNormal: number[];
}

/** Made by scripts/fixtures/core_random.py. */
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/random.json', import.meta.url), 'utf8'),
) as TorchDraws[];

async function sha256(values: Float32Array | Int32Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(new Uint8Array(values.buffer)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function expectNear(received: Float32Array, expected: readonly number[], std: number): void {
  expect(received).toHaveLength(expected.length);
  const worst = expected.reduce(
    (max, value, i) => Math.max(max, Math.abs(value - received[i]!) / (Math.abs(value) + std)),
    0,
  );
  expect(worst).toBeLessThan(3e-7);
}

describe.each(fixture)('with seed $seed PyTorch’s numbers come out:', (torch) => {
  const seed = BigInt(torch.seed);

  test('uniform', async () => {
    expect(await sha256(new Generator(seed).uniform(1000, -0.3, 0.7))).toBe(torch.uniformSha256);
  });

  test('63-bit integers', () => {
    const generator = new Generator(seed);
    expect(torch.int63.map(() => String(generator.int63()))).toEqual(torch.int63);
  });

  test('permutations', async () => {
    expect(await sha256(new Generator(seed).randperm(1000))).toBe(torch.randpermSha256);
  });

  test('normal, in blocks of 16 and a last block drawn anew', () => {
    expectNear(new Generator(seed).normal(16, 0.5, 2), torch.normal16, 2);
    expectNear(new Generator(seed).normal(20, 0.5, 2), torch.normal20, 2);
    expectNear(new Generator(seed).normal(33, 0.5, 2), torch.normal33, 2);
  });

  test('fewer than 16 normal ones bit for bit, half a pair kept for the next call', () => {
    const generator = new Generator(seed);
    expect(Array.from(generator.normal(3))).toEqual(torch.normal3);
    const restored = new Generator(99);
    restored.restore(JSON.parse(JSON.stringify(generator.state())));
    for (const next of [generator, restored]) {
      expect(Array.from(next.uniform(2))).toEqual(torch.uniform2);
      expect(Array.from(next.normal(4, 1, 3))).toEqual(torch.normal4);
    }
  });

  test('Kaiming initialisation', async () => {
    const shape = [8, 3, 3, 3];
    const uniform = kaimingUniform(shape, new Generator(seed), { nonlinearity: 'relu' });
    expect(await sha256(uniform)).toBe(torch.kaimingUniformSha256);
    const normal = kaimingNormal(shape, new Generator(seed), { mode: 'fanOut', nonlinearity: 'relu' });
    expectNear(normal.subarray(0, 8), torch.kaimingNormal, 0.2);
  });
});

describe('the state of a generator', () => {
  test('is JSON that continues the stream wherever it stands', () => {
    const generator = new Generator(3);
    for (const skipped of [0, 1, 623, 1, 5000]) {
      generator.uniform(skipped);
      const restored = new Generator(0);
      restored.restore(JSON.parse(JSON.stringify(generator.state())));
      const copy = new Generator(0);
      copy.restore(generator.state());
      expect(restored.uniform(700)).toEqual(copy.uniform(700));
    }
  });

  test('takes less than 4 kB', () => {
    expect(JSON.stringify(new Generator(3).state()).length).toBeLessThan(4000);
  });

  test.each([
    ['no base64', '?'],
    ['too few words', 'AAAA'],
  ])('of %s is refused', (_, words) => {
    const state = { ...new Generator(3).state(), words };
    expect(() => new Generator(0).restore(state)).toThrow(CnnError);
  });

  test('with an index outside the block is refused', () => {
    expect(() => new Generator(0).restore({ ...new Generator(3).state(), index: 625 })).toThrow(/index 625/);
  });
});

test.each([1.5, Number.NaN, 2 ** 60])('a seed of %d is refused', (seed) => {
  expect(() => new Generator(seed)).toThrow(/^Generator.seed: expected an integer, received /);
});

test('a negative seed counts by its low 32 bits', () => {
  expect(new Generator(-1).u32()).toBe(new Generator(0xffffffff).u32());
});

describe('derived streams', () => {
  test('are the same for the same seed and name, and unlike any other', () => {
    const first = (seed: number, name: string): number => Generator.derive(seed, name).u32();
    expect(first(0, 'dropout')).toBe(first(0, 'dropout'));
    const streams = [first(0, 'dropout'), first(1, 'dropout'), first(0, 'augmentation'), new Generator(0).u32()];
    expect(new Set(streams).size).toBe(4);
  });
});

test('bernoulli draws ones with the given probability, one 64-bit word each', () => {
  const generator = new Generator(0);
  const draws = generator.bernoulli(10_000, 0.3);
  expect(new Set(draws)).toEqual(new Set([0, 1]));
  expect(draws.reduce((sum, draw) => sum + draw, 0) / 10_000).toBeCloseTo(0.3, 1);
  const words = new Generator(0);
  for (let i = 0; i < 20_000; i++) words.u32();
  expect(generator.u32()).toBe(words.u32());
});
