import {
  BatchNorm2d,
  Conv2d,
  extensionKernel,
  Flatten,
  Generator,
  inferenceSession,
  Linear,
  MaxPool2d,
  ReLU,
  Sequential,
  Softmax,
} from '@cnn/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../index.ts';
import type { Job } from '../threads/task-runner.ts';

const SIDE = 12;

function network({ groups = 1 } = {}): Sequential {
  const generator = new Generator(5);
  return new Sequential(
    new Conv2d(1, 8, 3, { padding: 1, generator }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 3, { padding: 1, bias: false, generator }),
    new BatchNorm2d(16),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(16, 32, 3, { padding: 1, groups, generator }),
    new Flatten(),
    new Linear(288, 20, { generator }),
    new Softmax(1),
  );
}

function images(count: number, seed: number): Float32Array {
  return new Generator(seed).uniform(count * SIDE * SIDE);
}

const shapeOf = (count: number): [number, number, number, number] => [count, SIDE, SIDE, 1];

/** The operations asked for one by one. */
function eager(forward: (x: tf.Tensor) => tf.Tensor, count: number, seed: number): number[] {
  return [...tf.tidy(() => forward(tf.tensor4d(images(count, seed), shapeOf(count))).dataSync())];
}

function jobsDuring(backend: SimdBackend): { readonly kernels: string[]; stop(): void } {
  const kernels: string[] = [];
  const run = backend.run.bind(backend);
  backend.run = (job: Job) => {
    kernels.push(job.kernel);
    run(job);
  };
  return { kernels, stop: () => Reflect.deleteProperty(backend, 'run') };
}

describe('a captured forward pass', () => {
  let backend: SimdBackend;
  beforeAll(async () => {
    registerSimdBackend({ threads: 2 });
    await tf.setBackend('simd');
    backend = tf.backend() as SimdBackend;
  });

  it('gives the bits of the operations for new inputs, for each shape it has seen, and dispatches nothing', async () => {
    const model = network();
    const forward = (x: tf.Tensor): tf.Tensor => model.forward(x);
    const session = inferenceSession(forward);
    const tensors = tf.memory().numTensors;
    for (let seed = 1; seed <= 6; seed++) {
      const count = seed % 2 === 0 ? 1 : 3;
      const scope = tf.engine().state.numDataBuffers;
      const [probabilities] = await session.run(images(count, seed), shapeOf(count));
      expect(probabilities!.shape).toEqual([count, 20]);
      expect([...probabilities!.data]).toEqual(eager(forward, count, seed));
      expect(tf.engine().state.numDataBuffers).toBe(scope);
    }
    const calls = jobsDuring(backend);
    const kernelsBefore = tf.engine().state.numBytes;
    await session.run(images(1, 9), shapeOf(1));
    calls.stop();
    // Neither packing weights nor anything that depends on them alone.
    expect(calls.kernels).toContain('convolveAndPool');
    expect(calls.kernels).not.toContain('packPanels');
    expect(tf.engine().state.numBytes).toBe(kernelsBefore);
    expect(tf.memory().numTensors).toBe(tensors);
    session.dispose();
    model.dispose();
  });

  it('sees weights that were assigned, loaded, or updated in place', async () => {
    const model = network({ groups: 2 });
    const forward = (x: tf.Tensor): tf.Tensor => model.forward(x);
    const session = inferenceSession(forward);
    const check = async (): Promise<readonly number[]> => {
      const [probabilities] = await session.run(images(2, 3), shapeOf(2));
      const values = [...probabilities!.data];
      expect(values).toEqual(eager(forward, 2, 3));
      return values;
    };
    const first = await check();
    await check();

    // The old values stay alive: only the variable can tell that it has others now.
    const [parameter] = model.parameters();
    const kept = parameter!.variable.clone();
    tf.tidy(() => parameter!.variable.assign(tf.mul(parameter!.variable, 2) as tf.Tensor4D));
    const assigned = await check();
    expect(assigned).not.toEqual(first);
    kept.dispose();

    const gradients = model.parameters().map(({ variable }) => tf.onesLike(variable));
    const update = extensionKernel('SgdUpdate')!;
    const attrs = { momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, learningRate: 0.01, step: 1 };
    const parameters = model.parameters().map(({ variable }) => variable);
    update({}, { ...attrs, parameters, gradients, momentumBuffers: [] });
    tf.dispose(gradients);
    const updated = await check();
    expect(updated).not.toEqual(assigned);

    const state = await model.stateDict();
    state.set('4.running_var', { dtype: 'float32', shape: [16], data: new Float32Array(16).fill(0.5) });
    model.loadStateDict(state);
    expect(await check()).not.toEqual(updated);
    session.dispose();
    model.dispose();
  });

  it('gives its memory back, also when weights go first', async () => {
    const model = network();
    const before = backend.memoryInfo;
    const session = inferenceSession((x) => model.forward(x));
    for (const count of [1, 2, 3, 4, 5, 6]) await session.run(images(count, count), shapeOf(count));
    expect(backend.memoryInfo.blocks).toBeGreaterThan(before.blocks);
    model.dispose();
    await expect(session.run(images(1, 1), shapeOf(1))).rejects.toThrow();
    session.dispose();
    expect(backend.memoryInfo.blocks).toBeLessThanOrEqual(before.blocks);
  });

  it('is not kept where the pass looks at its own values, or holds too much', async () => {
    const looking = inferenceSession((x) => tf.mul(x, tf.max(x).dataSync()[0]! > 0.5 ? 2 : 3));
    for (const scale of [1, 0.1]) {
      const values = images(1, 4).map((value) => value * scale);
      const [result] = await looking.run(values, shapeOf(1));
      expect(result!.data[7]).toBe(Math.fround(values[7]! * (scale === 1 ? 2 : 3)));
    }
    const { usedBytes } = backend.memoryInfo;
    const large = inferenceSession((x) =>
      tf.sum(tf.matMul(tf.reshape(tf.tile(x, [1, 4, 8, 1]), [4608, 1]), tf.ones([1, 4608]))),
    );
    for (let i = 0; i < 2; i++) await large.run(images(1, 4), shapeOf(1));
    expect(backend.memoryInfo.usedBytes).toBe(usedBytes);
  });
});
