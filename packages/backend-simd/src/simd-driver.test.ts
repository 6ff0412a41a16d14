import { findBackend, removeBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { simdBackend } from './index.ts';
import { supportsFeatureLevel } from './wasm/feature-level.ts';

describe('the driver of the simd backend', () => {
  afterEach(() => {
    if (findBackend('simd')) removeBackend('simd');
  });

  it('computes at the feature level that is asked for', async () => {
    const details = await simdBackend({ featureLevel: 'simd' }).load({ threads: 1 });
    expect(details).toMatchObject({ name: 'simd', threads: 1, featureLevel: 'simd' });
  });

  it('takes the best level by itself', async () => {
    const { featureLevel } = await simdBackend().load({ threads: 1 });
    expect(featureLevel).toBe(supportsFeatureLevel('relaxed') ? 'relaxed' : 'simd');
  });

  it.skipIf(supportsFeatureLevel('relaxed'))('refuses a level that the engine lacks', async () => {
    await expect(simdBackend({ featureLevel: 'relaxed' }).load({ threads: 1 })).rejects.toThrow(
      /expected a JavaScript engine with WebAssembly relaxed SIMD/,
    );
  });

  it('gives nobody another level than the one asked for', async () => {
    await simdBackend({ featureLevel: 'simd' }).load({ threads: 1 });
    await expect(simdBackend({ featureLevel: 'relaxed' }).load({ threads: 1 })).rejects.toThrow(
      /the backend at the level relaxed, received one that already computes at the level simd/,
    );
    await expect(simdBackend().load({ threads: 1 })).resolves.toMatchObject({ featureLevel: 'simd' });
  });
});
