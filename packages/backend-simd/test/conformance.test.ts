import { CPU_TOLERANCE, checkConformance, conformanceCases } from '@cnn/core/conformance';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type FeatureLevel, registerSimdBackend, supportsFeatureLevel } from '../src/index.ts';

// Tighter than what other backends are held to: sums here are in blocks.
const TOLERANCE = { relative: 3e-6, absolute: 1e-6 };

describe('the simd backend conforms to the double precision reference', () => {
  afterEach(() => {
    if (tf.findBackendFactory('simd')) tf.removeBackend('simd');
  });

  it.for<[featureLevel: FeatureLevel, threads: number]>([
    ['simd', 1],
    ['simd', 3],
    ['relaxed', 1],
    ['relaxed', 3],
  ])('at level %s with %i threads', async ([featureLevel, threads], { skip }) => {
    if (!supportsFeatureLevel(featureLevel)) skip(`This JavaScript engine has no WebAssembly ${featureLevel} SIMD`);
    registerSimdBackend({ featureLevel, threads });
    const report = await checkConformance('simd', { cases: conformanceCases(), tolerance: TOLERANCE });
    expect(report.failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(400);
  });

  it('for other random shapes', async () => {
    registerSimdBackend({ threads: 2 });
    for (const seed of [1, 2, 3]) {
      const cases = conformanceCases({ seed, without: ['large'] });
      expect((await checkConformance('simd', { cases, tolerance: CPU_TOLERANCE })).failures).toEqual([]);
    }
  });
});
