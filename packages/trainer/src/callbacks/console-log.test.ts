import type { Metric } from '@cnn/core';
import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { Points } from '../conformance/tiny-task.ts';
import { argmax } from '../run/hit-count.ts';
import type { Outcome } from '../run/outcome.ts';
import type { ConsoleFormatName } from './console-formats.ts';
import { consoleLog } from './console-log.ts';

function accuracy(): Metric {
  let hits = 0;
  let seen = 0;
  return {
    name: 'accuracy',
    reset() {
      hits = 0;
      seen = 0;
    },
    update({ logits, labels, classCount, size }) {
      labels.forEach((label, row) => {
        if (argmax(logits, row * classCount, classCount) === label) hits++;
      });
      seen += size;
    },
    compute: () => hits / seen,
  };
}

async function printed(format: ConsoleFormatName, batchSize = 8): Promise<{ lines: string[]; outcome: Outcome }> {
  const lines: string[] = [];
  const outcome = await tinyFit({
    data: new Points({ count: 1608, batchSize }),
    test: new Points({ shuffle: false }),
    metrics: [accuracy()],
    epochs: 2,
    callbacks: [consoleLog({ format, print: (line) => lines.push(line) })],
  });
  return { lines, outcome };
}

test("prints each notebook's lines to the letter", async () => {
  const percent = (share: number): string => (100 * share).toFixed(2);
  const zero = await printed('notebook-000');
  expect(zero.lines).toEqual(
    zero.outcome.history.map(
      ({ epoch, train }) => `Epoch [${epoch}/2] Loss: ${train.loss.toFixed(4)} Accuracy: ${percent(train.accuracy)}%`,
    ),
  );
  const two = await printed('notebook-002');
  expect(two.lines).toEqual([
    ...two.outcome.history.map(({ epoch, train }) => `Epoch ${epoch}, Loss: ${train.loss.toFixed(4)}`),
    `Test Accuracy: ${percent(two.outcome.test!.accuracy!)}%`,
  ]);
  const three = await printed('notebook-003');
  expect(three.lines).toEqual(
    three.outcome.history.map(({ epoch, train }) => `Epoch ${epoch}, Loss: ${train.lossSum.toFixed(3)}`),
  );
  const four = await printed('notebook-004');
  expect(four.lines).toEqual(
    four.outcome.history.map(({ epoch, train }) => `Epoch ${epoch}, Loss: ${train.lossSum.toFixed(4)}`),
  );
});

test('notebook 001 prints the mean so far every hundred batches of each epoch', async () => {
  const { lines, outcome } = await printed('notebook-001');
  const shapes = lines.map((line) => line.replace(/\d+\.\d{4}/, 'x'));
  const epoch = (number: number): string[] => [
    `Epoch ${number}/2, Batch 100/201, Loss: x`,
    `Epoch ${number}/2, Batch 200/201, Loss: x`,
    `Epoch ${number}/2 completed. Average Loss: x\n`,
  ];
  expect(shapes).toEqual(['Starting CNN training...\n', ...epoch(1), ...epoch(2), 'Training completed!']);
  expect(lines[3]).toContain(outcome.history[0]!.train.loss.toFixed(4));
});

test('the plain format shows all there is', async () => {
  const { lines } = await printed('plain');
  expect(lines[0]).toMatch(/^epoch 1\/2 {2}loss \d\.\d{4} {2}accuracy \d\d\.\d\d % {2}[\d.]+ s$/);
  expect(lines.at(-1)).toMatch(/^test {2}loss \d\.\d{4} {2}accuracy \d+\.\d\d %$/);
});
