import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { Points } from '../conformance/tiny-task.ts';
import { stepLR } from '../schedules/step-lr.ts';
import { memoryStore } from '../store/memory-store.ts';
import { memoryText } from '../text/memory-text.ts';
import { checkpoint } from './checkpoint.ts';
import { csv } from './csv.ts';
import { jsonLines } from './json-lines.ts';
import { learningRateMonitor } from './learning-rate-monitor.ts';
import { modelSummary } from './model-summary.ts';
import { nanGuard } from './nan-guard.ts';
import { timeLimit } from './time-limit.ts';

test('JSON Lines has steps, epochs and the test', async () => {
  const file = memoryText();
  const points = new Points({ shuffle: false });
  const callbacks = [jsonLines({ file })];
  const outcome = await tinyFit({ validation: points, test: points, epochs: 2, logEverySteps: 3, callbacks });
  const events = file.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [first, second] = outcome.history;
  expect(events.map(({ type, step }) => [type, step])).toEqual([
    ['step', 3],
    ['epoch', 5],
    ['step', 6],
    ['step', 9],
    ['epoch', 10],
    ['test', 10],
  ]);
  expect(events[0]).toEqual({ type: 'step', epoch: 1, step: 3, loss: expect.any(Number), lr: 0.02 });
  const { loss, lossSum, accuracy } = first!.train;
  expect(events[1]).toEqual({
    type: 'epoch',
    epoch: 1,
    step: 5,
    train: { loss, lossSum, accuracy },
    validation: first!.validation,
    lr: 0.02,
    seconds: first!.seconds,
  });
  expect(events[4].validation).toEqual(second!.validation);
});

test('CSV has a header and a row an epoch', async () => {
  const file = memoryText();
  const callbacks = [csv({ file })];
  const outcome = await tinyFit({ validation: new Points(), epochs: 2, callbacks });
  const [header, first, second, end] = file.text.split('\n');
  expect(header).toBe('epoch,step,train_loss,train_loss_sum,train_accuracy,validation_loss,lr,seconds');
  const { train, validation, seconds } = outcome.history[0]!;
  expect(first).toBe(`1,5,${train.loss},${train.lossSum},${train.accuracy},${validation!.loss},0.02,${seconds}`);
  expect(second).toMatch(/^2,10,/);
  expect(end).toBe('');
});

test('a resumed run whose files are not here begins new ones with the epochs so far, and says so', async () => {
  const store = memoryStore();
  const logs = () => ({ rows: memoryText(), lines: memoryText() });
  const begun = logs();
  const callbacks = ({ rows, lines }: ReturnType<typeof logs>) => [
    csv({ file: rows }),
    jsonLines({ file: { ...lines, open: async (sizeBytes) => (lines.text === '' ? 0 : lines.open(sizeBytes)) } }),
    checkpoint(),
  ];
  await tinyFit({ epochs: 2, store, callbacks: callbacks(begun) });
  const added = logs();
  const { notices } = await tinyFit({
    epochs: 3,
    store,
    resume: true,
    callbacks: [csv({ file: added.rows, name: 'another' }), ...callbacks(added).slice(1)],
  });
  expect(added.rows.text.split('\n').map((row) => row.split(',')[0])).toEqual(['epoch', '1', '2', '3', '']);
  expect(added.rows.text.startsWith(begun.rows.text)).toBe(true);
  const epochs = added.lines.text.match(/"type":"epoch","epoch":\d/g);
  expect(epochs).toHaveLength(3);
  expect(notices).toEqual(['json-lines: the file of the run so far is not here; a new one is begun']);
});

test('the learning-rate monitor keeps each change, and announces it when asked to', async () => {
  const monitor = learningRateMonitor({ announce: true });
  const { notices } = await tinyFit({ epochs: 3, schedule: stepLR({ stepSize: 2 }), callbacks: [monitor] });
  expect(monitor.changes).toEqual([
    { step: 1, lr: [0.02] },
    { step: 11, lr: [0.002] },
  ]);
  expect(notices).toEqual(['learning rate 0.0200 → 0.0020 after step 10']);
});

test('a loss that is no number fails the run, naming the first step it happened at', async () => {
  const { status, reason, errors, steps } = await tinyFit({
    logEverySteps: 4,
    callbacks: [
      {
        name: 'poison',
        onStepEnd({ model, state }) {
          if (state.step === 2)
            model
              .parameters()[0]!
              .write({ dtype: 'float32', shape: [8, 2], data: new Float32Array(16).fill(Number.NaN) });
        },
      },
      nanGuard(),
    ],
  });
  expect({ status, steps }).toEqual({ status: 'failed', steps: 4 });
  expect(reason).toMatch(/^loss at step 3: expected finite numbers, received NaN\. Lower the learning rate/);
  expect(errors[0]).toMatchObject({ code: 'non-finite' });
});

test('a time limit stops the run', async () => {
  const { status, reason, steps } = await tinyFit({ epochs: 1000, callbacks: [timeLimit({ minutes: 0.1 / 60 })] });
  expect({ status, reason }).toEqual({ status: 'stopped', reason: 'time limit of 0.1 s reached' });
  expect(steps).toBeLessThan(5000);
});

test('the model summary is printed before training', async () => {
  const seen: string[] = [];
  const order = { name: 'order', onEpochStart: () => void seen.push('epoch') };
  await tinyFit({ callbacks: [order, modelSummary({ text: 'a table', print: (text) => seen.push(text) })] });
  expect(seen).toEqual(['a table', 'epoch']);
});
