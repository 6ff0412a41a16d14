import { registerGradients } from '@cnn/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../index.ts';
import type { SimdBackend } from '../../simd-backend.ts';

const SHAPE: [number, number, number, number] = [4, 12, 12, 16];
const MAP_BYTES = 4 * 12 * 12 * 32 * 4;

/** Values in [-1, 1), the same ones for a seed. */
function values(shape: number[], seed: number): tf.Tensor {
  let state = seed;
  const data = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return tf.tensor(data, shape);
}

interface Block {
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

function block(): Block {
  return {
    x: values(SHAPE, 1) as tf.Tensor4D,
    filter: values([3, 3, 16, 32], 2) as tf.Tensor4D,
    bias: values([32], 3) as tf.Tensor1D,
  };
}

const convolution = ({ x, filter, bias }: Block): tf.Tensor4D => tf.add(tf.conv2d(x, filter, 1, 'same'), bias);
const pool = (x: tf.Tensor4D): tf.Tensor4D => tf.maxPool(x, 2, 2, 'valid');

function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!);
}

describe('fusion', () => {
  let backend: SimdBackend;
  beforeAll(async () => {
    registerGradients();
    registerSimdBackend({ threads: 1 });
    await tf.setBackend('simd');
    backend = tf.backend() as SimdBackend;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(0);
    // What remains is the scratch memory of the threads.
    expect(backend.memoryInfo.blocks).toBeLessThanOrEqual(1);
  });

  it.each([
    ['convolution, bias, ReLU, pooling', (b: Block) => pool(tf.relu(convolution(b)))],
    ['convolution, bias, pooling, ReLU', (b: Block) => tf.relu(pool(convolution(b)))],
    ['convolution, pooling', (b: Block) => pool(tf.conv2d(b.x, b.filter, 1, 'same'))],
  ])('never writes the map before pooling: %s', (_, network) => {
    const inputs = block();
    tf.tidy(() => network(inputs)).dispose();
    const { usedBytes } = backend.memoryInfo;
    tf.tidy(() => {
      network(inputs);
      // One or two pooled maps of a quarter the size, and the winners; not the map itself.
      expect(backend.memoryInfo.usedBytes - usedBytes).toBeLessThan(MAP_BYTES * 0.7);
    });
    tf.dispose(Object.values(inputs));
  });

  it('gives the gradients of the network that is not fused', () => {
    tf.tidy(() => {
      const inputs = block();
      const network =
        (settle: (map: tf.Tensor4D) => tf.Tensor4D) =>
        (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor => {
          const map = settle(convolution({ x, filter, bias } as Block));
          return pool(settle(tf.relu(map)));
        };
      const fused = tf.grads(network((map) => map));
      const plain = tf.grads(
        network((map) => {
          // Someone looks at the map: it is computed, and nothing is fused.
          map.dataSync();
          return map;
        }),
      );
      const tensors = [inputs.x, inputs.filter, inputs.bias];
      const [a, b] = [fused(tensors), plain(tensors)];
      for (const [i, gradient] of a.entries()) {
        expect(largestDifference(gradient, b[i]!)).toBeLessThan(1e-4);
        expect(tf.max(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(0.1);
      }
    });
  });

  it('computes a map that someone reads after it was pooled', () => {
    tf.tidy(() => {
      const map = tf.relu(convolution(block()));
      const pooled = pool(map);
      expect(largestDifference(pool(tf.clone(map)), pooled)).toBe(0);
      map.dataSync();
      expect(largestDifference(pool(map), pooled)).toBeLessThan(1e-5);
    });
  });

  it('outlives its inputs', () => {
    const inputs = block();
    const expected = tf.tidy(() => tf.add(convolution(inputs), 0));
    const map = tf.tidy(() => convolution(inputs));
    tf.dispose([inputs.x, inputs.filter, inputs.bias]);
    // Other tensors take the memory that was given back.
    const others = values(SHAPE, 9);
    tf.relu(others).dispose();
    expect(largestDifference(map, expected)).toBe(0);
    tf.dispose([map, expected, others]);
  });

  it('reads the parameters that it was given, not those of a later update in place', () => {
    const inputs = block();
    const expected = tf.tidy(() => tf.add(convolution(inputs), 0));
    const map = tf.tidy(() => convolution(inputs));
    const gradient = tf.onesLike(inputs.filter);
    const attrs = { learningRate: 1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, step: 1 };
    const lists = { parameters: [inputs.filter], gradients: [gradient], momentumBuffers: [] };
    const update = tf.getKernel('SgdUpdate', 'simd');
    const before = inputs.filter.dataSync()[0]!;
    update.kernelFunc({ inputs: {}, attrs: { ...attrs, ...lists } as never, backend });
    expect(inputs.filter.dataSync()[0]).toBeCloseTo(before - 1, 6);
    expect(largestDifference(map, expected)).toBe(0);
    // Packed weights were those of the old parameters.
    const updated = tf.tidy(() => tf.add(convolution(inputs), 0));
    expect(largestDifference(updated, expected)).toBeGreaterThan(0.1);
    tf.dispose([map, expected, updated, gradient, ...Object.values(inputs)]);
  });

  it('holds nothing after a step', () => {
    const inputs = block();
    const step = (): void => {
      const gradients = tf.grads((x, filter, bias) => pool(tf.relu(convolution({ x, filter, bias } as Block))));
      tf.dispose(tf.tidy(() => gradients([inputs.x, inputs.filter, inputs.bias])));
    };
    step();
    const { usedBytes } = backend.memoryInfo;
    for (let i = 0; i < 5; i++) step();
    expect(backend.memoryInfo.usedBytes).toBe(usedBytes);
    tf.dispose(Object.values(inputs));
  });
});
