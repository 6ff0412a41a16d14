import { readFileSync } from 'node:fs';
import { registerGradients } from '@cnn/core';
import { memory, sum, type Tensor, tensor, valueAndGrad } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { bceWithLogitsLoss, crossEntropyLoss, type Loss, mseLoss, nllLoss, oneHotTargets } from '../index.ts';

registerGradients();

interface Case {
  readonly loss: string;
  readonly options: object;
  readonly predictions: readonly (readonly number[])[];
  readonly targets: readonly number[] | readonly (readonly number[])[];
  readonly value: number | readonly number[] | readonly (readonly number[])[];
  readonly gradient: readonly (readonly number[])[];
}

const fixture = new URL('../../test/fixtures/losses.json', import.meta.url);
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(fixture, 'utf8'));
const LOSSES: Readonly<Record<string, (options: object) => Loss>> = {
  crossEntropyLoss,
  nllLoss,
  mseLoss,
  bceWithLogitsLoss,
};

function targetTensor(targets: Case['targets']): Tensor {
  return typeof targets[0] === 'number'
    ? tensor(targets as number[], [targets.length], 'int32')
    : tensor(targets as number[][], undefined, 'float32');
}

function expectClose(received: ArrayLike<number>, expected: readonly number[]): void {
  expect(received.length).toBe(expected.length);
  expected.forEach((value, index) => {
    expect(Math.abs(received[index]! - value), `${index}: ${received[index]}, PyTorch ${value}`).toBeLessThan(
      2e-6 * Math.max(1, Math.abs(value)),
    );
  });
}

describe.each(cases)('$loss $options', ({ loss, options, predictions, targets, value, gradient }) => {
  test("value and gradient are PyTorch's", () => {
    const criterion = LOSSES[loss]!(options);
    const y = targetTensor(targets);
    const found = criterion(tensor(predictions as number[][]), y);
    expectClose(found.dataSync(), [value].flat(2) as number[]);
    const { grad } = valueAndGrad((x) => sum(criterion(x, y)))(tensor(predictions as number[][]));
    expectClose(grad.dataSync(), gradient.flat());
  });
});

test('cross-entropy of a thousand is finite', () => {
  const loss = crossEntropyLoss()(tensor([[1000, -1000]]), tensor([1], [1], 'int32'));
  expect(loss.dataSync()[0]).toBe(2000);
});

test('all samples ignored give NaN and a gradient of 0, as in PyTorch', () => {
  const y = tensor([1], [1], 'int32');
  for (const criterion of [crossEntropyLoss({ ignoreIndex: 1 }), nllLoss({ ignoreIndex: 1 })]) {
    const { value, grad } = valueAndGrad((x) => criterion(x, y))(tensor([[1, 2]]));
    expect(value.dataSync()[0]).toBeNaN();
    expect([...grad.dataSync()]).toEqual([0, 0]);
  }
});

test('a loss leaves nothing behind but its result', () => {
  const x = tensor([[1, 2, 3]]);
  const y = tensor([1], [1], 'int32');
  const before = memory().numTensors;
  for (const loss of [crossEntropyLoss({ labelSmoothing: 0.1, weight: [1, 2, 3] }), nllLoss()]) loss(x, y).dispose();
  for (const loss of [mseLoss(), bceWithLogitsLoss()]) loss(x, x).dispose();
  expect(memory().numTensors).toBe(before);
});

test('a label outside the classes is named before the device sees it', () => {
  const targets = { data: Int32Array.of(0, 3), shape: [2] };
  const criterion = crossEntropyLoss();
  const compute = (): unknown =>
    criterion(
      tensor([
        [1, 2, 3],
        [1, 2, 3],
      ]),
      tensor([0, 3], [2], 'int32'),
      targets,
    );
  expect(compute).toThrow(
    'crossEntropyLoss, target 1 of the batch: expected a class index in 0..2, received 3. ' +
      'Correct the labels, or give the last layer as many outputs as there are classes.',
  );
});

test('scores that do not go with their targets are refused', () => {
  const targets = { data: Int32Array.of(0, 1), shape: [2] };
  const compute = (): unknown => crossEntropyLoss()(tensor([[1, 2, 3]]), tensor([0, 1], [2], 'int32'), targets);
  expect(compute).toThrow('expected scores [N, classes] for 2 targets, received [1, 3]');
});

test('losses of elements take class indices as rows with a 1', () => {
  const x = tensor([
    [1, -2, 3],
    [0, 4, -1],
  ]);
  const rows = tensor([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  for (const loss of [mseLoss(), bceWithLogitsLoss({ posWeight: [1, 2, 3] })]) {
    const before = memory().numTensors;
    const found = oneHotTargets(loss)(x, tensor([2, 0], [2], 'int32'));
    expect(found.dataSync()).toEqual(loss(x, rows).dataSync());
    expect(memory().numTensors - before).toBe(3); // the labels and both losses
    expect(oneHotTargets(loss)(x, rows).dataSync()).toEqual(found.dataSync());
  }
  const host = { data: Int32Array.of(2, 3), shape: [2] };
  expect(() => oneHotTargets(mseLoss())(x, tensor([2, 3], [2], 'int32'), host)).toThrow(
    'oneHotTargets, target 1 of the batch: expected a class index in 0..2, received 3.',
  );
});

test('a weight too few is found before it is broadcast', () => {
  const x = tensor([[1, 2, 3]]);
  const y = tensor([1], [1], 'int32');
  for (const loss of [crossEntropyLoss({ weight: [1] }), nllLoss({ weight: [1] })]) {
    expect(() => loss(x, y)).toThrow('.weight: expected 3 numbers, one for each output of the model, received 1.');
  }
  expect(() => bceWithLogitsLoss({ posWeight: [1, 2] })(x, x)).toThrow('bceWithLogitsLoss.posWeight: expected 3');
});

test('targets of another shape are refused, not broadcast', () => {
  for (const loss of [mseLoss(), bceWithLogitsLoss()]) {
    expect(() => loss(tensor([[1, 2, 3]]), tensor([1]))).toThrow(
      'expected targets [1, 3], the shape of the predictions',
    );
  }
});
