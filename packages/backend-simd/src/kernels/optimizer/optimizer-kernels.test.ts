import { extensionKernel } from '@cnn/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../../index.ts';

const SIZE = 40_000;

describe('an update in place', () => {
  let backend: SimdBackend;
  beforeAll(async () => {
    registerSimdBackend({ threads: 2 });
    await tf.setBackend('simd');
    backend = tf.backend() as SimdBackend;
  });

  it('leaves clones of a parameter the values that they were made of', () => {
    // Whatever the threads take for themselves, they take now.
    tf.tidy(() => tf.relu(tf.ones([4])).dataSync());
    const before = { tensors: tf.memory().numTensors, bytes: backend.memoryInfo.usedBytes };
    const initial = tf.fill([SIZE], 2);
    const parameter = tf.variable(initial);
    const gradient = tf.ones([SIZE]);
    const clone = tf.clone(parameter);
    const update = extensionKernel('SgdUpdate')!;
    const attrs = { momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, learningRate: 0.5, step: 1 };
    const run = (): void => {
      update({}, { ...attrs, parameters: [parameter], gradients: [gradient], momentumBuffers: [] });
    };
    run();
    run();
    expect([parameter, clone, initial].map((tensor) => tensor.dataSync()[SIZE - 1])).toEqual([1, 2, 2]);
    expect(tf.memory().numTensors).toBe(before.tensors + 4);

    // With nobody to share with, the update is in place.
    tf.dispose([clone, initial]);
    const { dataId } = parameter;
    run();
    expect(parameter.dataId).toBe(dataId);
    expect(parameter.dataSync()[0]).toBe(0.5);
    tf.dispose([parameter, gradient]);
    expect(tf.memory().numTensors).toBe(before.tensors);
    expect(backend.memoryInfo.usedBytes).toBe(before.bytes);
  });
});
