import type { Config } from '@cnn/cli/config';
import { cpuBackend, Dropout, Linear, Sequential, selectBackend } from '@cnn/core';
import { Adam } from '@cnn/trainer';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { dropoutRates, withDropout } from './config-dropout.ts';
import { applyLive, differsInBackend, differsLive } from './live-settings.ts';

const layers = ['relu', { name: 'dropout', p: 0.2 }, 'flatten', 'dropout', { name: 'linear', outFeatures: 10 }];
const LAYERED = { ...DEFAULT_CONFIG, model: { name: 'sequential', layers } } as Config;
const withOptimizer = (options: object): Config =>
  ({ ...DEFAULT_CONFIG, optimizer: { ...DEFAULT_CONFIG.optimizer, ...options } }) as Config;

describe('what may change while a run trains', () => {
  test('rates, dropout, batch size, augmentation and length may', () => {
    expect(differsLive(DEFAULT_CONFIG, withOptimizer({ lr: 1, weightDecay: 0.1 }))).toBe(true);
    expect(differsLive(LAYERED, withDropout(LAYERED, 0.7))).toBe(true);
    const data = { ...DEFAULT_CONFIG.data, batchSize: 3, augment: [{ 'random-rotation': { degrees: 3 } }] };
    expect(differsLive(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, data })).toBe(true);
  });

  test('the seed, the optimizer and the network may not; under a schedule the rate may not either', () => {
    expect(differsLive(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, seed: 1 })).toBe(false);
    expect(differsLive(DEFAULT_CONFIG, withOptimizer({ name: 'sgd' }))).toBe(false);
    expect(differsLive(DEFAULT_CONFIG, LAYERED)).toBe(false);
    const schedule = { name: 'one-cycle-lr', maxLr: 1 };
    const scheduled: Config = { ...DEFAULT_CONFIG, schedule };
    expect(differsLive(scheduled, { ...withOptimizer({ lr: 1 }), schedule })).toBe(false);
  });

  test('another backend is the same run elsewhere', () => {
    expect(differsInBackend(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, backend: 'webgpu' })).toBe(true);
    expect(differsInBackend(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, backend: 'webgpu', seed: 2 })).toBe(false);
  });
});

test('dropout of a list of layers is read and set, however a layer is written', () => {
  expect(dropoutRates(LAYERED)).toEqual([0.2, 0.5]);
  expect(dropoutRates(withDropout(LAYERED, 0.1))).toEqual([0.1, 0.1]);
  expect(withDropout(DEFAULT_CONFIG, 0.1)).toBe(DEFAULT_CONFIG);
});

test('the optimizer and the layers take what has changed; a group with a rate of its own keeps its relation', async () => {
  await selectBackend('cpu', [cpuBackend()], { probe: false });
  const model = new Sequential(new Linear(2, 2), new Dropout(0.2), new Linear(2, 2), new Dropout(0.5));
  const [first, second] = [model.parameters().slice(0, 2), model.parameters().slice(2)];
  const optimizer = new Adam([{ parameters: first }, { parameters: second, lr: 0.0003 }], { lr: 0.003 });
  const after = { ...withDropout(LAYERED, 0.4), optimizer: { ...LAYERED.optimizer, lr: 0.01, weightDecay: 0.5 } };
  applyLive({ model, optimizer }, LAYERED, after as Config);
  expect(optimizer.groups.map(({ lr }) => lr)).toEqual([0.01, expect.closeTo(0.001, 10)]);
  expect(optimizer.groups.map(({ weightDecay }) => weightDecay)).toEqual([0.5, 0.5]);
  expect([...model.namedModules()].flatMap(([, layer]) => (layer instanceof Dropout ? [layer.p] : []))).toEqual([
    0.4, 0.4,
  ]);
});
