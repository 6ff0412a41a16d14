import { describe, expect, test } from 'vitest';
import { TestPredictions } from './test-predictions.ts';

/** A batch whose rows are probabilities of two classes. */
const batch = (first: number, rows: readonly (readonly [truth: number, cat: number])[]) => {
  const probabilities = Float32Array.from(rows.flatMap(([, cat]) => [cat, 1 - cat]));
  const targets = { data: Int32Array.from(rows, ([truth]) => truth), shape: [rows.length] };
  const indices = Int32Array.from(rows, (_, i) => first + i);
  const inputs = { data: new Float32Array(rows.length), shape: [rows.length, 1, 1, 1] };
  const logits = probabilities.map(Math.log);
  return { logits, probabilities, classCount: 2, batch: { inputs, targets, indices, size: rows.length } };
};

const predictions = new TestPredictions(['cat', 'dog']);
predictions.add(
  batch(0, [
    [0, 0.9],
    [0, 0.25],
    [1, 0.875],
  ]),
);
predictions.add(
  batch(3, [
    [1, 0.125],
    [0, 0.0625],
  ]),
);

describe('predictions of a test set', () => {
  test('come to a matrix, scores a class, and pairs', () => {
    const report = predictions.report(40);
    expect(report).toMatchObject({ step: 40, images: 5, accuracy: 0.4 });
    expect(report.matrix).toEqual({
      classNames: ['cat', 'dog'],
      counts: [
        [1, 2],
        [1, 1],
      ],
    });
    expect(report.shares[0]).toEqual([1 / 3, 2 / 3]);
    expect(report.classes[1]).toMatchObject({ className: 'dog', precision: 1 / 3, recall: 1 / 2 });
    expect(report.confused.map(({ truth, predicted, count }) => `${truth}→${predicted} ${count}`)).toEqual([
      'cat→dog 2',
      'dog→cat 1',
    ]);
  });

  test('have images behind each cell, the surest first', () => {
    expect(predictions.cell(0, 1).map(({ index, probability }) => [index, probability])).toEqual([
      [4, 0.9375],
      [1, 0.75],
    ]);
    expect(predictions.cell(1, 1).map(({ index }) => index)).toEqual([3]);
  });

  test('the worst mistakes are those in which the truth was least probable', () => {
    expect(predictions.worst().map(({ index, truthProbability }) => [index, truthProbability])).toEqual([
      [4, 0.0625],
      [2, 0.125],
      [1, 0.25],
    ]);
  });
});
