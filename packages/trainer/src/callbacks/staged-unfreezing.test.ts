import { expect, test } from 'vitest';
import { shuffledPoints } from '../../test/shuffled-points.ts';
import { tinyFit } from '../../test/tiny-fit.ts';
import { tinyNet } from '../conformance/tiny-task.ts';
import { type CheckpointStore, memoryStore } from '../index.ts';
import type { Outcome } from '../run/outcome.ts';
import { checkpoint } from './checkpoint.ts';
import { stagedUnfreezing } from './staged-unfreezing.ts';

async function run(
  epochs: number,
  store: CheckpointStore = memoryStore(),
): Promise<{ outcome: Outcome; weights: number[][] }> {
  const model = tinyNet();
  model.freeze();
  model.fc2.unfreeze();
  const weights: number[][] = [];
  const outcome = await tinyFit({
    ...shuffledPoints(),
    model,
    epochs,
    store,
    resume: true,
    callbacks: [
      checkpoint(),
      stagedUnfreezing({ stages: [{ epoch: 3, modules: ['fc1'] }] }),
      {
        name: 'witness',
        onEpochEnd() {
          weights.push([...model.fc1.weight.variable.dataSync()]);
        },
      },
    ],
  });
  return { outcome, weights };
}

test('parts thaw at the start of their epoch, and not a byte of them moves before', async () => {
  const { outcome, weights } = await run(3);
  const initial = [...tinyNet().fc1.weight.variable.dataSync()];
  expect(weights[0]).toEqual(initial);
  expect(weights[1]).toEqual(initial);
  expect(weights[2]).not.toEqual(initial);
  expect(outcome.notices).toEqual(['unfroze fc1 from epoch 3 on']);
});

test('a resumed run thaws what had thawed', async () => {
  const undisturbed = await run(5);
  const store = memoryStore();
  await run(4, store);
  const { outcome, weights } = await run(5, store);
  expect(weights.at(-1)).toEqual(undisturbed.weights.at(-1));
  expect(outcome.notices).toEqual(undisturbed.outcome.notices);
});

test('a path that is not there is named, with those that are', async () => {
  const callbacks = [stagedUnfreezing({ stages: [{ epoch: 1, modules: ['layer4'] }] })];
  const outcome = await tinyFit({ callbacks });
  expect(outcome.reason).toMatch(/^stagedUnfreezing\.stages: expected paths among fc1, fc2, received layer4\./);
});
