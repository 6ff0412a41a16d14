import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Callback } from '../callbacks/callback.ts';
import { Points, tinyNet } from '../conformance/tiny-task.ts';
import { Adam } from '../optimizers/adam.ts';
import { nextTask } from '../run/next-task.ts';
import type { TrainingEvent } from '../run/training-event.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { FitOptions } from './fit-options.ts';
import { type Trainer, trainer } from './trainer.ts';

function newTrainer(options: Partial<FitOptions> = {}): Trainer {
  const model = options.model ?? tinyNet();
  const optimizer = options.optimizer ?? new Adam(model.parameters());
  return trainer({ data: new Points(), validation: new Points({ shuffle: false }), ...options, model, optimizer });
}

async function walk(run: Trainer, see: (event: TrainingEvent) => void = () => {}): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of run) {
    events.push(event);
    see(event);
  }
  return events;
}

async function tasks(count: number): Promise<void> {
  for (let task = 0; task < count; task++) await nextTask();
}

test('a run is a sequence of typed events', async () => {
  const events = await walk(newTrainer({ epochs: 2, logEverySteps: 5 }));
  const steps = Array<string>(5).fill('step');
  const epoch = ['epoch-start', ...steps, 'validation', 'epoch'];
  expect(events.map(({ type }) => type)).toEqual(['run-start', ...epoch, ...epoch, 'run-end']);
  const losses = events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));
  expect(losses.map((loss) => typeof loss)).toEqual(
    [4, 9].flatMap(() => ['object', 'object', 'object', 'object', 'number']),
  );
});

test('a paused run waits, steps as often as it is told, and goes on', async () => {
  const run = newTrainer({ epochs: 2 });
  run.pause();
  const walked = walk(run);
  await tasks(20);
  expect(run.state.step).toBe(0);
  run.step();
  await tasks(20);
  expect(run.state.step).toBe(1);
  run.step(3);
  await tasks(20);
  expect(run.state.step).toBe(4);
  expect(run.paused).toBe(true);
  run.resume();
  await walked;
  expect(run.outcome).toMatchObject({ status: 'completed', steps: 10 });
});

test('steps that are asked for are taken across the end of an epoch', async () => {
  const run = newTrainer({ epochs: 3 }); // of five steps each
  run.pause();
  const walked = walk(run);
  for (const [asked, reached] of [
    [4, 4],
    [3, 7],
    [3, 10],
    [1, 11],
  ] as const) {
    run.step(asked);
    await tasks(60);
    expect(run.state.step).toBe(reached);
    expect(run.paused).toBe(true);
  }
  run.resume();
  await walked;
  expect(run.outcome).toMatchObject({ status: 'completed', steps: 15 });
});

test('time does not pass for a paused run', async () => {
  const run = newTrainer();
  run.pause();
  const walked = walk(run);
  await new Promise((resolve) => setTimeout(resolve, 300));
  run.resume();
  await walked;
  expect(run.outcome!.seconds).toBeLessThan(0.3);
});

test('stop ends the run after the current step, paused or not, and says why', async () => {
  for (const paused of [false, true]) {
    const run = newTrainer({ epochs: 9 });
    const events = walk(run, (event) => {
      if (event.type !== 'step' || event.step !== 7) return;
      if (paused) run.pause();
      setTimeout(() => run.stop('enough'), paused ? 20 : 0);
      if (!paused) run.stop('enough');
    });
    await events;
    expect(run.outcome).toMatchObject({ status: 'stopped', reason: 'enough', steps: 7, epochs: 1 });
  }
});

test('leaving the walk stops the run, ends its callbacks and saves where it was', async () => {
  const store = memoryStore();
  let ended = '';
  const callbacks: Callback[] = [
    {
      name: 'end',
      onRunEnd(_run, { status }) {
        ended = status;
      },
    },
  ];
  const run = newTrainer({ store, callbacks });
  for await (const event of run) if (event.type === 'step' && event.step === 2) break;
  expect(ended).toBe('stopped');
  expect(run.outcome).toMatchObject({ status: 'stopped', reason: 'whoever walked the events left', steps: 2 });
  expect(await store.list()).toEqual(['last.safetensors']);
});

test('an abort signal interrupts a run that waits, and validation too', async () => {
  const abort = new AbortController();
  const run = newTrainer({ signal: abort.signal });
  run.pause();
  const walked = walk(run);
  await tasks(5);
  abort.abort();
  await walked;
  expect(run.outcome).toMatchObject({ status: 'interrupted', reason: 'interrupted after step 0' });

  const late = new AbortController();
  const validating = newTrainer({
    signal: late.signal,
    callbacks: [
      {
        name: 'late',
        onStepEnd({ state }) {
          if (state.step === 5) late.abort();
        },
      },
    ],
  });
  await walk(validating);
  expect(validating.outcome).toMatchObject({ status: 'interrupted', steps: 5, epochs: 0 });
});

test('no way to end leaves tensors behind', async () => {
  const model = tinyNet();
  const optimizer = new Adam(model.parameters());
  const run = async (
    options: Partial<FitOptions>,
    see?: (run: Trainer, event: TrainingEvent) => void,
  ): Promise<void> => {
    const made = newTrainer({ model, optimizer, logEverySteps: 1000, accumulate: 2, ...options });
    await walk(made, (event) => see?.(made, event));
  };
  await run({});
  const before = memory().numTensors;
  const abort = new AbortController();
  await run({}, (made, { type }) => type === 'step' && made.stop());
  await run({ signal: abort.signal }, (_made, { type }) => type === 'step' && abort.abort());
  await run({ callbacks: [{ name: 'fails', onStepEnd: () => Promise.reject(new Error('no')) }] });
  await run({
    loss: () => {
      throw new Error('no loss');
    },
  });
  let calls = 0;
  await run({
    step: () => {
      throw new Error(`step ${calls++}`);
    },
  });
  expect(memory().numTensors).toBe(before);
});

test('it is walked once', async () => {
  const run = newTrainer();
  await walk(run);
  await expect(walk(run)).rejects.toThrow('trainer: expected to be walked once, received a second walk');
});

test('two runs in one process do not see each other', async () => {
  const alone = newTrainer({ seed: 1 });
  const expected = (await walk(alone)).flatMap((event) => (event.type === 'epoch' ? [event.record.train.lossSum] : []));
  const [a, b] = [newTrainer({ seed: 1 }), newTrainer({ seed: 1 })];
  const [first, second] = await Promise.all([walk(a), walk(b)]);
  for (const events of [first, second]) {
    expect(events.flatMap((event) => (event.type === 'epoch' ? [event.record.train.lossSum] : []))).toEqual(expected);
  }
});

test('options that make no sense are refused before anything begins', () => {
  expect(() => newTrainer({ epochs: 1.5 })).toThrow('fit.epochs: expected an integer of at least 0, received 1.5');
  expect(() => newTrainer({ accumulate: 0 })).toThrow('fit.accumulate');
  expect(() => newTrainer({ callbacks: [{ name: 'a' }, { name: 'a' }] })).toThrow('received "a" twice');
  expect(() => newTrainer({ optimizer: {} })).toThrow('fit.optimizer: expected one optimizer');
});
