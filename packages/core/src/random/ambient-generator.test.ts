import { describe, expect, test } from 'vitest';
import { ambientGenerator, Generator, manualSeed, withGenerator } from '../index.ts';

describe('the ambient generator', () => {
  test('is the one that manualSeed seeded', () => {
    const seeded = manualSeed(5);
    expect(ambientGenerator()).toBe(seeded);
    expect(seeded.u32()).toBe(new Generator(5).u32());
  });

  test('is replaced only while withGenerator builds', () => {
    const outer = manualSeed(5);
    const inner = new Generator(6);
    expect(withGenerator(inner, () => ambientGenerator())).toBe(inner);
    expect(ambientGenerator()).toBe(outer);
  });

  test('is put back when building throws', () => {
    const outer = manualSeed(5);
    const build = (): never => {
      throw new Error('no');
    };
    expect(() => withGenerator(new Generator(6), build)).toThrow('no');
    expect(ambientGenerator()).toBe(outer);
  });

  test('refuses a promise, which would draw from another generator after its first await', () => {
    expect(() => withGenerator(new Generator(6), async () => 1)).toThrow(
      'withGenerator: expected a synchronous function, received one that returns a promise.',
    );
  });
});
