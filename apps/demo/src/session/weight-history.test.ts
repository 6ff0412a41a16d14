import { cpuBackend, Generator, type StateDict, selectBackend } from '@cnn/core';
import { DataLoader, syntheticDigits } from '@cnn/datasets';
import { createModel } from '@cnn/models';
import { fit, Sgd } from '@cnn/trainer';
import { beforeAll, describe, expect, test } from 'vitest';
import { WeightHistory } from './weight-history.ts';

const KIB = 1024;

/** One tensor of `kib` KiB whose first value is the step. */
const stateAt = (step: number, kib = 1): (() => Promise<StateDict>) => {
  const data = new Float32Array(256 * kib).fill(step);
  return async () => new Map([['weight', { dtype: 'float32', shape: [data.length], data }]]);
};

describe('the history of the weights', () => {
  test('is close in the first steps and wide later', async () => {
    const history = new WeightHistory();
    for (let step = 0; step <= 10_000; step++) await history.record(step, stateAt(step));
    expect(history.steps.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(history.steps.length).toBeLessThan(90);
    const last = history.steps.at(-1)!;
    expect(last).toBeGreaterThan(8900);
    expect(history.at(last)?.state.get('weight')?.data[0]).toBe(last);
  });

  test('never takes more memory than it may, and keeps the beginning', async () => {
    const history = new WeightHistory({ budgetBytes: 100 * KIB });
    for (let step = 0; step <= 20_000; step++) {
      await history.record(step, stateAt(step, 4));
      expect(history.sizeBytes).toBeLessThanOrEqual(100 * KIB);
    }
    expect(history.steps[0]).toBe(0);
    expect(history.steps.length).toBeGreaterThan(10);
    expect(history.steps.at(-1)).toBeGreaterThan(12_000);
  });

  test('of a network that alone is too large keeps two', async () => {
    const history = new WeightHistory({ budgetBytes: KIB });
    for (let step = 0; step <= 50; step++) await history.record(step, stateAt(step, 8));
    expect(history.steps).toHaveLength(2);
    expect(history.steps[0]).toBe(0);
  });

  test('finds the last snapshot before a step', async () => {
    const history = new WeightHistory();
    for (const step of [5, 6, 90]) await history.record(step, stateAt(step));
    expect([4, 5, 80, 1000].map((step) => history.at(step)?.step)).toEqual([undefined, 5, 6, 90]);
  });
});

describe('as a callback', () => {
  beforeAll(() => selectBackend('cpu', [cpuBackend()]));

  test('it has the weights of every one of the first steps, and changes nothing', async () => {
    const train = async (history: WeightHistory | undefined): Promise<StateDict> => {
      const model = createModel('tiny-cnn', { generator: new Generator(0) });
      const data = new DataLoader(syntheticDigits({ split: 'train', count: 12, seed: 0 }), { batchSize: 4 });
      const optimizer = new Sgd(model.parameters(), { lr: 0.1 });
      await fit({ model, data, optimizer, epochs: 1, callbacks: history ? [history.callback] : [] });
      return model.stateDict();
    };
    const history = new WeightHistory();
    const trained = await train(history);
    expect(history.steps).toEqual([0, 1, 2, 3]);
    const initial = await createModel('tiny-cnn', { generator: new Generator(0) }).stateDict();
    expect(history.at(0)?.state).toEqual(initial);
    expect(history.at(3)?.state).toEqual(trained);
    expect(await train(undefined)).toEqual(trained);
  });
});
