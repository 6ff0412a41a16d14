import { CnnError } from '@cnn/core';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Points, tinyNet } from '../conformance/tiny-task.ts';
import { Adam, crossEntropyLoss, findBatchSize, findLearningRate, type Loss, Sgd } from '../index.ts';

test('the range test finds a rate at which the loss falls, and leaves weights and optimizer as they were', async () => {
  const model = tinyNet();
  const optimizer = new Sgd(model.parameters(), { lr: 0.01, momentum: 0.9 });
  const weights = await model.stateDict();
  const before = memory().numTensors;
  const { points, suggestion, divergedAt } = await findLearningRate({ model, optimizer, data: new Points() });
  expect(points[0]!.lr).toBe(1e-7);
  expect(points[10]!.lr / points[9]!.lr).toBeCloseTo((10 / 1e-7) ** (1 / 99), 10);
  expect(suggestion).toBeGreaterThan(1e-3);
  expect(suggestion).toBeLessThan(3);
  expect(divergedAt === null || divergedAt > suggestion!).toBe(true);
  expect(await model.stateDict()).toEqual(weights);
  expect(optimizer.groups[0]!.lr).toBe(0.01);
  expect(optimizer.state(model.parameters()[0]!)).toBeUndefined();
  expect(memory().numTensors).toBe(before);
});

test('a loss that diverges ends the range test', async () => {
  const model = tinyNet();
  const optimizer = new Sgd(model.parameters());
  const found = await findLearningRate({ model, optimizer, data: new Points(), minLr: 0.1, maxLr: 1e6, steps: 40 });
  expect(found.divergedAt).toBeGreaterThan(1);
  expect(found.points.length).toBeLessThan(40);
});

const outOfMemory = (): CnnError =>
  new CnnError('out-of-memory', {
    where: 'allocate',
    expected: '1 GB',
    received: '2 GB',
    remedy: 'Use smaller batches',
  });

test('the batch-size finder doubles until memory is exhausted, and leaves everything as it was', async () => {
  const model = tinyNet();
  const optimizer = new Adam(model.parameters());
  const weights = await model.stateDict();
  const loss: Loss = (logits, targets, onHost) => {
    if (logits.shape[0]! > 16) throw outOfMemory();
    return crossEntropyLoss()(logits, targets, onHost);
  };
  const dataFor = (batchSize: number): Points => new Points({ batchSize, count: 64 });
  const { trials, largest, suggestion } = await findBatchSize({ model, optimizer, loss, dataFor, minBatchSize: 2 });
  expect(trials.map(({ batchSize, error }) => [batchSize, error === null])).toEqual([
    [2, true],
    [4, true],
    [8, true],
    [16, true],
    [32, false],
  ]);
  expect(largest).toBe(16);
  expect(suggestion).toBeLessThanOrEqual(16);
  expect(trials[3]!.imagesPerSecond).toBeGreaterThan(0);
  expect(await model.stateDict()).toEqual(weights);
});

test('an error that is not about memory is not taken for the limit', async () => {
  const model = tinyNet();
  const optimizer = new Adam(model.parameters());
  const loss: Loss = () => {
    throw new Error('no loss');
  };
  const dataFor = (batchSize: number): Points => new Points({ batchSize });
  await expect(findBatchSize({ model, optimizer, loss, dataFor })).rejects.toThrow('no loss');
});
