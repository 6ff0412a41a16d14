import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../index.ts';
import type { SimdBackend } from '../simd-backend.ts';

/** Resolves when a worker has come up. */
async function workersUp(backend: SimdBackend): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!backend.workersUp && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(backend.workersUp).toBe(true);
}

function bitsOfConvolution(): Uint32Array {
  let bits = new Uint32Array();
  tf.tidy(() => {
    const x = tf.reshape(tf.sin(tf.range(0, 8 * 14 * 14 * 16)), [8, 14, 14, 16]) as tf.Tensor4D;
    const filter = tf.reshape(tf.cos(tf.range(0, 9 * 16 * 24)), [3, 3, 16, 24]) as tf.Tensor4D;
    const y = tf.conv2d(x, filter, 1, 'same');
    const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1, filterShape: filter.shape };
    const gradient: tf.Tensor = tf.engine().runKernel('Conv2DBackpropFilter', { x, dy: y }, attrs);
    bits = new Uint32Array(Float32Array.of(...y.dataSync(), ...gradient.dataSync()).buffer);
  });
  return bits;
}

describe('threads', () => {
  let backend: SimdBackend;
  beforeAll(async () => {
    registerSimdBackend({ threads: 1 });
    await tf.setBackend('simd');
    backend = tf.backend() as SimdBackend;
  });
  afterAll(() => tf.removeBackend('simd'));

  it('give the same bits whatever their number', async () => {
    const alone = bitsOfConvolution();
    for (const threads of [2, 3]) {
      backend.setThreads(threads);
      await workersUp(backend);
      for (let i = 0; i < 20; i++) expect(bitsOfConvolution()).toEqual(alone);
    }
  });
});
