import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from './index.ts';

describe('the simd backend', () => {
  beforeAll(async () => {
    registerSimdBackend();
    await tf.setBackend('simd');
  });

  it('runs a kernel of its own', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => i - 5000);
    const y = tf.tidy(() => tf.relu(tf.tensor1d(values)).dataSync());
    expect([...y]).toEqual(values.map((value) => Math.max(value, 0)));
  });

  it('runs a kernel of the cpu backend on a tensor in linear memory', () => {
    const y = tf.tidy(() => tf.sqrt(tf.relu(tf.tensor1d([-4, 4, 9]))).dataSync());
    expect([...y]).toEqual([0, 2, 3]);
  });

  it('gives back the memory of a disposed tensor', () => {
    const before = tf.memory().numTensors;
    tf.relu(tf.tensor1d([1, 2])).dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
