import { grads, memory, ones, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { BatchNorm2d, CnnError, cpuBackend, type ForwardContext, Generator, selectBackend } from '../../index.ts';

const TRAINING: ForwardContext = { training: true, generator: new Generator(0) };

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

function images(): Tensor {
  return tensor(new Generator(1).uniform(2 * 3 * 3 * 2, -1, 3), [2, 3, 3, 2]);
}

async function bytes(layer: BatchNorm2d): Promise<string> {
  return JSON.stringify([...(await layer.stateDict())].map(([name, { data }]) => [name, Array.from(data, String)]));
}

describe('batch norm', () => {
  test('names its state as PyTorch does, the counter an int64 scalar', async () => {
    const state = await new BatchNorm2d(2).stateDict();
    expect([...state.keys()]).toEqual(['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']);
    expect(state.get('num_batches_tracked')).toEqual({ dtype: 'int64', shape: [], data: new BigInt64Array([0n]) });
  });

  test('counts batches and loads the count', async () => {
    const layer = new BatchNorm2d(2);
    for (let i = 0; i < 3; i++) tidy(() => layer.forward(images(), TRAINING));
    const state = await layer.stateDict();
    expect(state.get('num_batches_tracked')?.data).toEqual(new BigInt64Array([3n]));
    const loaded = new BatchNorm2d(2);
    loaded.loadStateDict(state);
    expect(await bytes(loaded)).toBe(await bytes(layer));
  });

  test('does not change a byte when it is frozen, and uses its running statistics', async () => {
    const layer = new BatchNorm2d(2).freeze();
    const before = await bytes(layer);
    const [training, evaluation] = tidy(() => [
      layer.forward(images(), TRAINING).dataSync(),
      layer.forward(images()).dataSync(),
    ]);
    expect(training).toEqual(evaluation);
    expect(await bytes(layer)).toBe(before);
  });

  test('passes a gradient through when it is frozen', () => {
    const layer = new BatchNorm2d(2).freeze();
    const gradient = tidy(() => grads((x) => sum(layer.forward(x, TRAINING)))([images()])[0]!.dataSync());
    expect(gradient.every((slope) => Math.abs(slope - 1 / Math.sqrt(1 + 1e-5)) < 1e-6)).toBe(true);
  });

  test('leaves no tensor behind in training and evaluation', () => {
    const layer = new BatchNorm2d(2);
    const before = memory().numTensors;
    for (let i = 0; i < 2; i++) {
      tidy(() => {
        grads((x) => layer.forward(x, TRAINING))([images(), layer.weight!.variable], ones([2, 3, 3, 2]));
        layer.forward(images());
      });
    }
    expect(memory().numTensors).toBe(before);
    layer.dispose();
    expect(memory().numTensors).toBe(before - 4);
  });

  test('refuses to train on a single value a channel', () => {
    expect(() => new BatchNorm2d(2).forward(ones([1, 1, 1, 2]), TRAINING)).toThrow(CnnError);
    expect(() => new BatchNorm2d(2).forward(ones([1, 1, 1, 2]), TRAINING)).toThrow(
      /more than one value per channel while training/,
    );
  });
});
