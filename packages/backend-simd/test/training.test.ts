import {
  type AdamUpdateAttrs,
  Conv2d,
  extensionKernel,
  Generator,
  Linear,
  manualSeed,
  registerGradients,
} from '@cnn/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../src/index.ts';
import type { SimdBackend } from '../src/simd-backend.ts';

const BATCH = 32;
const CLASSES = 10;

/** A small network, its optimizer state and a step on a batch drawn from a generator. */
class Training {
  readonly conv1: Conv2d = new Conv2d(1, 16, 3, { padding: 1 });
  readonly conv2: Conv2d = new Conv2d(16, 16, 3, { padding: 1 });
  readonly fc: Linear = new Linear(16 * 7 * 7, CLASSES);
  readonly #generator = new Generator(5);
  readonly #variables: tf.Variable[] = [this.conv1, this.conv2, this.fc].flatMap((layer) =>
    layer.parameters().map(({ variable }) => variable),
  );
  readonly #moments: tf.Variable[][] = [0, 1].map(() => this.#variables.map((v) => tf.variable(tf.zerosLike(v))));
  #step = 0;

  /** One Adam update; returns the loss. */
  step(): number {
    this.#step++;
    return tf.tidy(() => {
      const pixels = this.#generator.uniform(BATCH * 28 * 28, -1, 1);
      const images = tf.tensor4d(pixels, [BATCH, 28, 28, 1]);
      const targets = tf.tensor1d(
        Int32Array.from({ length: BATCH }, (_, i) => (i * 7 + this.#step) % CLASSES),
        'int32',
      );
      const { value, grads } = tf.variableGrads(() => this.#loss(images, targets), this.#variables);
      const attrs: AdamUpdateAttrs = {
        parameters: this.#variables,
        gradients: this.#variables.map(({ name }) => grads[name]!),
        firstMoments: this.#moments[0]!,
        secondMoments: this.#moments[1]!,
        ...{ learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
        decoupledWeightDecay: false,
        step: this.#step,
      };
      extensionKernel('AdamUpdate')!({}, attrs);
      return value.dataSync()[0]!;
    });
  }

  /** The bits of all parameters. */
  bits(): Uint32Array[] {
    return this.#variables.map((variable) => new Uint32Array(Float32Array.from(variable.dataSync()).buffer));
  }

  dispose(): void {
    tf.dispose([...this.#variables, ...this.#moments.flat()]);
  }

  #loss(images: tf.Tensor4D, targets: tf.Tensor1D): tf.Scalar {
    const pool = (x: tf.Tensor): tf.Tensor4D => tf.maxPool(tf.relu(x) as tf.Tensor4D, 2, 2, 'valid');
    const features = pool(this.conv2.forward(pool(this.conv1.forward(images))));
    const logits = this.fc.forward(tf.reshape(features, [BATCH, -1]));
    const chosen = tf.mul(tf.logSoftmax(logits), tf.oneHot(targets, CLASSES));
    return tf.neg(tf.div(tf.sum(chosen), BATCH));
  }
}

describe('training', () => {
  let backend: SimdBackend;
  beforeAll(async () => {
    registerGradients();
    registerSimdBackend({ threads: 1 });
    await tf.setBackend('simd');
    backend = tf.backend() as SimdBackend;
  });

  it('gives bit-identical weights after 200 steps with 1, 2 and 3 threads', async () => {
    const runs: Uint32Array[][] = [];
    for (const threads of [1, 2, 3]) {
      backend.setThreads(threads);
      if (threads > 1) await expect.poll(() => backend.workersUp, { timeout: 20_000 }).toBe(true);
      manualSeed(0);
      const training = new Training();
      const losses = Array.from({ length: 200 }, () => training.step());
      expect(losses.every(Number.isFinite)).toBe(true);
      runs.push(training.bits());
      training.dispose();
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('holds the same memory after every step', async () => {
    manualSeed(0);
    const training = new Training();
    for (let i = 0; i < 3; i++) training.step();
    const { numTensors } = tf.memory();
    const { usedBytes, peakBytes, blocks } = backend.memoryInfo;
    for (let i = 0; i < 300; i++) training.step();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(backend.memoryInfo).toMatchObject({ usedBytes, peakBytes, blocks });
    training.dispose();
  });
});
