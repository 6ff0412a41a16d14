import { simdBackend } from '@cnn/backend-simd';
import { type Batch, type Conv2d, Generator, type Module, selectBackend } from '@cnn/core';
import { DataLoader, syntheticDigits } from '@cnn/datasets';
import { createModel } from '@cnn/models';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { layerStatistics } from './layer-statistics.ts';
import { activityOf } from './unit-activity.ts';

let batch: Batch;

beforeAll(async () => {
  await selectBackend('simd', [simdBackend()]);
  const loader = new DataLoader(syntheticDigits({ split: 'test', count: 32, seed: 0 }), { batchSize: 32 });
  for await (const first of loader) batch = first;
});

const model = (name = 'basic-cnn'): Module => createModel(name, { generator: new Generator(0) });

describe('statistics of the layers', () => {
  test('mean, deviation, zeros and units that are never active', () => {
    // Two images of two units; the second unit is always off.
    expect(activityOf(Float32Array.of(1, 0, 3, 0), 2)).toEqual({
      mean: 1,
      deviation: Math.sqrt(1.5),
      zeros: 0.5,
      dead: 1,
    });
  });

  test('every call has its own; weights that are shared count once', async () => {
    const net = model();
    const before = memory().numTensors;
    const statistics = await layerStatistics(net, batch);
    expect(memory().numTensors).toBe(before);
    expect(statistics.map(({ path, units }) => `${path} ${units}`)).toEqual([
      'conv1 16',
      'relu 16',
      'pool 16',
      'conv2 32',
      'relu 32',
      'pool 32',
      'flatten 1568',
      'fc1 128',
      'relu 128',
      'fc2 10',
    ]);
    const [conv, relu] = statistics;
    expect(relu!.zeros).toBeGreaterThan(0.1);
    expect(relu!.dead).toBeGreaterThanOrEqual(0);
    expect([conv!.dead, relu!.gradientNorm]).toEqual([null, null]);
    for (const { kind, gradientNorm, weightNorm } of statistics) {
      expect(gradientNorm !== null && gradientNorm > 0).toBe(kind === 'Conv2d' || kind === 'Linear');
      expect(weightNorm !== null).toBe(kind === 'Conv2d' || kind === 'Linear');
    }
  });

  test('a unit with a hopeless bias is dead, and its layer says so', async () => {
    const net = model();
    const conv = [...net.namedModules()].find(([path]) => path === 'conv1')![1] as Conv2d;
    const bias = await conv.bias!.read();
    const data = Float32Array.from(bias.data as Float32Array, (value, i) => (i < 3 ? -100 : value));
    conv.bias!.write({ ...bias, data });
    const [, relu] = await layerStatistics(net, batch);
    const { dead } = (await layerStatistics(model(), batch))[1]!;
    expect(relu!.dead).toBeGreaterThanOrEqual(3);
    expect(relu!.dead! - dead!).toBeLessThanOrEqual(3);
  });

  test('of a frozen network there are no gradients, and nothing moves', async () => {
    const net = model('lenet5').freeze();
    const before = await net.stateDict();
    const statistics = await layerStatistics(net, batch);
    expect(statistics.every(({ gradientNorm }) => gradientNorm === null)).toBe(true);
    expect(await net.stateDict()).toEqual(before);
  });
});
