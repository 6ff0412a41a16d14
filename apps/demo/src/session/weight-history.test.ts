import { cpuBackend, Generator, type StateDict, selectBackend } from '@cnn/core';
import { DataLoader, syntheticDigits } from '@cnn/datasets';
import { createModel } from '@cnn/models';
import {
  type Checkpoint,
  type CheckpointStore,
  decodeCheckpoint,
  fit,
  LAST_CHECKPOINT,
  memoryStore,
  Sgd,
  trainer,
} from '@cnn/trainer';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HistoryShelf } from './history-shelf.ts';
import { historyId, WeightHistory } from './weight-history.ts';

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
    expect((await history.at(last))?.state.get('weight')?.data[0]).toBe(last);
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
    const found = await Promise.all([4, 5, 80, 1000].map((step) => history.at(step)));
    expect(found.map((snapshot) => snapshot?.step)).toEqual([undefined, 5, 6, 90]);
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
    expect((await history.at(0))?.state).toEqual(initial);
    expect((await history.at(3))?.state).toEqual(trained);
    expect(await train(undefined)).toEqual(trained);
  });

  describe('with a shelf', () => {
    let files: CheckpointStore;
    let shelved: CheckpointStore;
    const shelf = (): HistoryShelf => new HistoryShelf(async () => shelved);

    beforeEach(() => {
      [files, shelved] = [memoryStore(), memoryStore()];
    });

    /** A visit: trains to step `until`, going on from the checkpoint of the visit before, and leaves one. */
    async function visit(until: number, history: WeightHistory): Promise<StateDict> {
      const model = createModel('tiny-cnn', { generator: new Generator(0) });
      const data = new DataLoader(syntheticDigits({ split: 'train', count: 80, seed: 0 }), { batchSize: 4 });
      const optimizer = new Sgd(model.parameters(), { lr: 0.1 });
      const run = trainer({
        model,
        data,
        optimizer,
        epochs: 1,
        callbacks: [
          history.callback,
          {
            name: 'saves',
            onStepEnd: (at) => {
              if (at.state.step === until) at.requestCheckpoint(LAST_CHECKPOINT);
            },
          },
        ],
        store: files,
        resume: (await files.read(LAST_CHECKPOINT)) !== undefined,
      });
      for await (const event of run) if (event.type === 'step' && event.step === until) break;
      await history.shelve();
      return model.stateDict();
    }

    const checkpoint = async (): Promise<Checkpoint> => decodeCheckpoint((await files.read(LAST_CHECKPOINT))!);

    test('a reloaded page has it again, and goes on with it', async () => {
      const first = new WeightHistory({ shelf: shelf() });
      const weights = await visit(6, first);
      expect(historyId(await checkpoint())).toBe(first.id);
      const second = new WeightHistory({ shelf: shelf() });
      await visit(9, second);
      expect(second.id).toBe(first.id);
      expect(second.steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect((await second.at(6))?.state).toEqual(weights);
      expect((await second.at(3))?.state).toEqual((await first.at(3))?.state);
    });

    test('what came after the checkpoint is forgotten: it comes again', async () => {
      const first = new WeightHistory({ shelf: shelf() });
      await visit(4, first);
      for (const step of [5, 6, 7]) await first.record(step, () => Promise.resolve(new Map()));
      await first.shelve();
      const second = new WeightHistory({ shelf: shelf() });
      await visit(6, second);
      expect(second.steps).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect((await second.at(5))?.state.size).toBeGreaterThan(0);
    });

    test('a shelf that was cleared, or that refuses, costs the past and nothing else', async () => {
      await visit(4, new WeightHistory({ shelf: shelf() }));
      shelved = memoryStore();
      const second = new WeightHistory({ shelf: shelf() });
      await visit(6, second);
      expect(second.steps).toEqual([4, 5, 6]);
      const refusing = new HistoryShelf(() => Promise.reject(new Error('private window')));
      const third = new WeightHistory({ shelf: refusing });
      await visit(8, third);
      expect(third.steps).toEqual([6, 7, 8]);
    });

    test('a file that says something else of its past has none', async () => {
      const history = new WeightHistory({ shelf: shelf() });
      for (const facts of [null, 3, {}, { id: 7 }, { id: 'a', growth: 1, moments: 'none' }]) {
        await history.callback.loadState?.(facts);
      }
      await history.record(5, stateAt(5));
      expect(history.steps).toEqual([5]);
    });

    test('it is thinned on the shelf as in memory, and forgotten with its run', async () => {
      const thin = new WeightHistory({ budgetBytes: 20 * KIB, shelf: shelf() });
      for (let step = 0; step < 60; step++) {
        await thin.record(step, stateAt(step));
        await thin.shelve();
      }
      expect([...(await shelf().steps(thin.id))].sort((a, b) => a - b)).toEqual(thin.steps);
      await shelf().keepOnly(new Set(['another']));
      expect(await shelved.list()).toEqual([]);
    });
  });
});
