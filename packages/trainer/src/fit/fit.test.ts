import { memory, type Scalar, scalar } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Callback } from '../callbacks/callback.ts';
import { Points, tinyNet } from '../conformance/tiny-task.ts';
import { Adam } from '../optimizers/adam.ts';
import { fit } from './fit.ts';

test('a network learns, and the outcome says how it went', async () => {
  const model = tinyNet();
  const optimizer = new Adam(model.parameters(), { lr: 0.05 });
  const validation = new Points({ shuffle: false, batchSize: 20 });
  const outcome = await fit({ model, optimizer, data: new Points(), validation, test: validation, epochs: 20 });

  expect(outcome).toMatchObject({
    status: 'completed',
    reason: 'all 20 epochs done',
    epochs: 20,
    steps: 100,
    errors: [],
  });
  expect(outcome.history.at(-1)!.train.accuracy).toBeGreaterThan(0.9);
  expect(outcome.best).toMatchObject({ metric: 'validation.loss' });
  expect(outcome.test!.loss).toBeLessThan(0.4);
  const { lossSum, loss, batches } = outcome.history[0]!.train;
  expect(batches).toBe(5);
  expect(loss).toBe(lossSum / 5);
});

test('nothing is left on the device but what the caller made', async () => {
  const model = tinyNet();
  const optimizer = new Adam(model.parameters());
  await fit({ model, optimizer, data: new Points(), validation: new Points(), epochs: 1 });
  const before = memory().numTensors;
  await fit({
    model,
    optimizer,
    data: new Points(),
    validation: new Points(),
    epochs: 2,
    accumulate: 2,
    gradientClip: 1,
  });
  expect(memory().numTensors).toBe(before);
});

test('a callback that throws ends the run as failed, and every end hook runs, last first', async () => {
  const model = tinyNet();
  const ended: string[] = [];
  const watcher = (name: string): Callback => ({
    name,
    onRunEnd(_run, outcome) {
      ended.push(`${name}: ${outcome.status}`);
      if (name === 'b') throw new Error('b is broken too');
    },
  });
  const broken: Callback = {
    name: 'broken',
    onStepEnd(run) {
      if (run.state.step === 3) throw new Error('broken at 3');
    },
  };
  const outcome = await fit({
    model,
    optimizer: new Adam(model.parameters()),
    data: new Points(),
    callbacks: [watcher('a'), watcher('b'), broken, watcher('c')],
  });
  expect(outcome).toMatchObject({ status: 'failed', reason: 'broken at 3', steps: 3 });
  expect(ended).toEqual(['c: failed', 'b: failed', 'a: failed']);
  expect(outcome.errors.map(({ message }) => message)).toEqual(['broken at 3', 'b is broken too']);
});

test('data that can be walked only once is found out', async () => {
  const model = tinyNet();
  const once = new Points()[Symbol.asyncIterator]();
  const outcome = await fit({ model, optimizer: new Adam(model.parameters()), data: once, epochs: 2 });
  expect(outcome).toMatchObject({ status: 'failed', steps: 5 });
  expect(outcome.reason).toMatch(/^fit\.data: expected at least one batch an epoch, received none in epoch 2\./);
});

test('losses stay on the device between read-backs', async () => {
  const reads: number[] = [];
  let taken = 0;
  const model = tinyNet();
  const step = (): Scalar => {
    const number = ++taken;
    const loss = scalar(number);
    const read = loss.data.bind(loss);
    loss.data = (...args) => {
      reads.push(number);
      return read(...args);
    };
    return loss;
  };
  const seenAt: number[] = [];
  const outcome = await fit({
    model,
    optimizer: new Adam(model.parameters()),
    data: new Points({ count: 80 }),
    step,
    logEverySteps: 4,
    callbacks: [{ name: 'witness', onStepEnd: () => void seenAt.push(reads.length) }],
  });
  expect(seenAt).toEqual([0, 0, 0, 4, 4, 4, 4, 8, 8, 8]);
  expect(outcome.history[0]!.train).toMatchObject({ lossSum: 55, loss: 5.5, batches: 10, accuracy: Number.NaN });
});

test('what a callback sees at the end of an epoch is final', async () => {
  const model = tinyNet();
  const seen: unknown[] = [];
  const outcome = await fit({
    model,
    optimizer: new Adam(model.parameters()),
    data: new Points(),
    validation: new Points(),
    logEverySteps: 3,
    callbacks: [
      { name: 'validation', onValidationEnd: ({ state }) => void seen.push(state.train, state.validation) },
      { name: 'epoch', onEpochEnd: ({ state }) => void seen.push(state.history[0]) },
    ],
  });
  const record = outcome.history[0]!;
  expect(record.train.batches).toBe(5);
  expect(seen).toEqual([record.train, record.validation, record]);
});
