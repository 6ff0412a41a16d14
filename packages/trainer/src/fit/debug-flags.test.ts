import { Generator } from '@cnn/core';
import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { checkpoint } from '../callbacks/checkpoint.ts';
import { Points } from '../conformance/tiny-task.ts';
import { memoryStore } from '../store/memory-store.ts';

/** Points that count what is taken of them. */
function counted(): { points: AsyncIterable<never> & Points; taken: () => number } {
  let taken = 0;
  class Counted extends Points {
    override async *[Symbol.asyncIterator](): AsyncGenerator<never, void, void> {
      for await (const batch of { [Symbol.asyncIterator]: () => super[Symbol.asyncIterator]() }) {
        taken++;
        yield batch as never;
      }
    }
  }
  return { points: new Counted(), taken: () => taken };
}

test('a fast dev run takes one batch of everything and writes nothing', async () => {
  const [train, validation, testData] = [counted(), counted(), counted()];
  const store = memoryStore();
  const outcome = await tinyFit({
    data: train.points,
    validation: validation.points,
    test: testData.points,
    epochs: 7,
    fastDevRun: true,
    store,
    callbacks: [checkpoint()],
  });
  expect(outcome).toMatchObject({ status: 'completed', steps: 1, epochs: 1 });
  expect([train, validation, testData].map(({ taken }) => taken())).toEqual([1, 1, 1]);
  expect(await store.list()).toEqual([]);
});

test('overfitting trains and validates on the same batches each epoch', async () => {
  const train = counted();
  const outcome = await tinyFit({ data: train.points, validation: new Points(), epochs: 60, overfitBatches: 2 });
  expect(train.taken()).toBe(2);
  expect(outcome.steps).toBe(120);
  expect(outcome.history.at(-1)!.train.batches).toBe(2);
  expect(outcome.history.at(-1)!.validation!.loss).toBeLessThan(0.3 * outcome.history[0]!.train.loss);
});

test('limits end epochs and evaluations early, and the next epoch begins anew', async () => {
  const limits = { train: 3, validation: 1, test: 2 };
  const [validation, testData] = [counted(), counted()];
  const outcome = await tinyFit({ epochs: 2, limits, validation: validation.points, test: testData.points });
  expect(outcome.history.map(({ train, step }) => [train.batches, step])).toEqual([
    [3, 3],
    [3, 6],
  ]);
  expect([validation.taken(), testData.taken()]).toEqual([2, 2]);
});

test('a limited run that is resumed is the same run', async () => {
  const run = async (store = memoryStore(), epochs = 3, resume = false) => {
    const generator = new Generator(1);
    const data = new Points({ generator });
    const generators = { shuffle: generator };
    const callbacks = [checkpoint()];
    const outcome = await tinyFit({ data, generators, limits: { train: 3 }, epochs, store, resume, callbacks });
    return outcome.history.map(({ train }) => train.lossSum);
  };
  const undisturbed = await run();
  const store = memoryStore();
  await run(store, 2);
  expect(await run(store, 3, true)).toEqual(undisturbed);
});

test('an overfitting run that is resumed is the same run', async () => {
  const run = async (store = memoryStore(), stopAt = 99, resume = false) => {
    const stopper = {
      name: 'stopper',
      onStepEnd: (run: { state: { step: number }; requestStop(reason: string): void }) => {
        if (run.state.step === stopAt) run.requestStop('here');
      },
    };
    const outcome = await tinyFit({ overfitBatches: 3, epochs: 3, store, resume, callbacks: [checkpoint(), stopper] });
    return outcome.history.map(({ train }) => train.lossSum);
  };
  const undisturbed = await run();
  const store = memoryStore();
  await run(store, 5);
  expect(await run(store, 99, true)).toEqual(undisturbed);
});

test('the sanity check meets a fault of the validation before the first step', async () => {
  const broken = {
    name: 'broken',
    reset() {},
    compute: () => 0,
    update: () => {
      throw new Error('no metric');
    },
  };
  const outcome = await tinyFit({ validation: new Points(), metrics: [broken], sanityBatches: 1 });
  expect(outcome).toMatchObject({ status: 'failed', reason: 'no metric', steps: 0 });
});

test('maxSteps ends the epoch it falls into, validation included', async () => {
  const outcome = await tinyFit({ epochs: 9, maxSteps: 7, validation: new Points() });
  expect(outcome).toMatchObject({ status: 'completed', reason: 'all 7 steps done', steps: 7, epochs: 2 });
  expect(outcome.history[1]!.train.batches).toBe(2);
  expect(outcome.history[1]!.validation).not.toBeNull();
});

test.each([
  [{ limits: { train: 0 } }, 'fit.limits.train: expected an integer of at least 1, received 0.'],
  [{ limits: { validation: -1 } }, 'fit.limits.validation: expected an integer of at least 1, received -1.'],
  [{ overfitBatches: 1.5 }, 'fit.overfitBatches: expected an integer of at least 0, received 1.5.'],
  [{ sanityBatches: -1 }, 'fit.sanityBatches: expected an integer of at least 0, received -1.'],
  [{ fastDevRun: -2 }, 'fit.fastDevRun: expected an integer of at least 0, received -2.'],
  [{ gradientClip: 0 }, 'fit.gradientClip: expected a norm, { norm } or { value }, greater than 0, received 0.'],
  [{ gradientClip: { value: Number.NaN } }, 'greater than 0, received NaN.'],
  [{ validation: new Points({ count: 0 }) }, 'fit.validation: expected at least one batch, received none.'],
])('%o is refused before anything has begun', async (options, message) => {
  await expect(tinyFit(options)).rejects.toThrow(message);
});
