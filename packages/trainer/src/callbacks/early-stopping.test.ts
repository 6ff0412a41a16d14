import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { Points, tinyNet } from '../conformance/tiny-task.ts';
import { Adam } from '../optimizers/adam.ts';
import type { Outcome } from '../run/outcome.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { Callback } from './callback.ts';
import { checkpoint } from './checkpoint.ts';
import { type EarlyStoppingOptions, earlyStopping } from './early-stopping.ts';

interface Watched {
  readonly outcome: Outcome;
  /** Weights of the first layer when all was over, and after each epoch. */
  readonly final: number[];
  readonly after: readonly number[][];
}

/** A run whose metric `told` is as told, epoch by epoch. */
async function runWith(values: readonly number[], options: EarlyStoppingOptions): Promise<Watched> {
  const model = tinyNet();
  const weights = (): number[] => [...model.fc1.weight.variable.dataSync()];
  const after: number[][] = [];
  const told = { name: 'told', reset() {}, update() {}, compute: () => values[after.length]! };
  const outcome = await tinyFit({
    model,
    optimizer: new Adam(model.parameters(), { lr: 0.1 }),
    validation: new Points(),
    epochs: values.length,
    metrics: [told],
    callbacks: [
      {
        name: 'keeper',
        onEpochEnd() {
          after.push(weights());
        },
      },
      earlyStopping({ monitor: 'validation.told', mode: 'min', ...options }),
    ],
  });
  return { outcome, final: weights(), after };
}

test('it stops after so many epochs without improvement and puts the best weights back', async () => {
  const { outcome, final, after } = await runWith([5, 3, 4, 4, 2, 1], { patience: 2 });
  expect(outcome).toMatchObject({
    status: 'stopped',
    reason: 'early stopping: validation.told has not improved for 2 epochs (best 3 in epoch 2)',
    epochs: 4,
    notices: ['early stopping: restored the weights of epoch 2 (validation.told 3)'],
  });
  expect(final).toEqual(after[1]);
  expect(final).not.toEqual(after[3]);
});

test('a run that ends by itself gets its best weights back too', async () => {
  const { outcome, final, after } = await runWith([5, 1, 4], { patience: 9 });
  expect(outcome.status).toBe('completed');
  expect(final).toEqual(after[1]);
});

test('mode max, minDelta and cooldown', async () => {
  expect((await runWith([1, 2, 1, 1, 9], { mode: 'max', patience: 2 })).outcome.epochs).toBe(4);
  expect((await runWith([5, 4.9, 4.8, 4.7, 1], { minDelta: 0.5, patience: 2 })).outcome.epochs).toBe(3);
  expect((await runWith([5, 6, 6, 6, 6, 6], { cooldown: 2, patience: 2 })).outcome.epochs).toBe(5);
});

test('NaN is no improvement', async () => {
  const { outcome, final, after } = await runWith([5, Number.NaN, Number.NaN, 1], { patience: 2 });
  expect(outcome.epochs).toBe(3);
  expect(final).toEqual(after[0]);
});

test('a metric that is not computed is named, with those that are', async () => {
  const { outcome } = await runWith([1], { monitor: 'validation.f1' });
  expect(outcome.status).toBe('failed');
  expect(outcome.reason).toBe(
    'monitor: expected one of train.loss, train.lossSum, train.accuracy, validation.loss, validation.told, received validation.f1. ' +
      'Monitor a metric that the run computes.',
  );
});

test('without patience the first epoch that does not improve is the last, and a resumed run is not stopped by one that did', async () => {
  expect((await runWith([3, 2, 2, 1], { monitor: 'validation.told', patience: 0 })).outcome).toMatchObject({
    status: 'stopped',
    epochs: 3,
  });
  const store = memoryStore();
  const abort = new AbortController();
  const callbacks = (): Callback[] => [
    checkpoint(),
    earlyStopping({ patience: 0 }),
    { name: 'aborter', onStepEnd: ({ state }) => void (state.step === 7 && abort.abort()) },
  ];
  const options = { epochs: 3, validation: new Points(), store };
  const part = await tinyFit({ ...options, callbacks: callbacks(), signal: abort.signal });
  expect(part).toMatchObject({ status: 'interrupted', epochs: 1 });
  const rest = await tinyFit({ ...options, callbacks: callbacks(), resume: true });
  expect(rest).toMatchObject({ status: 'completed', epochs: 3 });
});
