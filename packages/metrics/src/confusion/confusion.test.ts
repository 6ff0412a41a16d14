import { describe, expect, it } from 'vitest';
import { measured, metricBatch } from '../../test/metric-batches.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { mostConfusedPairs } from './most-confused-pairs.ts';
import { normalisedConfusion } from './normalised-confusion.ts';
import { perClassTable } from './per-class-table.ts';

const classNames = ['cat', 'dog', 'fox'];

describe('confusionMatrix', () => {
  it('has the truth in its rows, and serialises', () => {
    const predictions = { classCount: 3, labels: [0, 1, 1], logits: [1, 0, 0, 1, 0, 0, 0, 0, 1] };
    const matrix = measured(confusionMatrix({ classNames }), predictions);
    const counts = [
      [1, 0, 0],
      [1, 0, 1],
      [0, 0, 0],
    ];
    expect(JSON.parse(JSON.stringify(matrix))).toEqual({ classNames, counts });
  });

  it('hands out a copy', () => {
    const metric = confusionMatrix();
    const batch = metricBatch({ classCount: 2, labels: [0], logits: [1, 0] });
    metric.update(batch);
    const before = metric.compute();
    metric.update(batch);
    expect(before.counts[0]).toEqual([1, 0]);
  });

  it('refuses another number of classes than names, or than before', () => {
    const two = metricBatch({ classCount: 2, labels: [0], logits: [1, 0] });
    expect(() => confusionMatrix({ classNames }).update(two)).toThrow(
      'confusionMatrix.classNames: expected 2 names, one for each output of the model, received 3. Give the model',
    );
    const metric = confusionMatrix();
    metric.update(metricBatch({ classCount: 3, labels: [0], logits: [1, 0, 0] }));
    expect(() => metric.update(two)).toThrow(
      'confusionMatrix: expected 3 classes, as in the batches before, received 2',
    );
  });
});

describe('what is derived from a confusion matrix', () => {
  const matrix = {
    classNames,
    counts: [
      [8, 2, 0],
      [3, 1, 0],
      [2, 0, 0],
    ],
  };

  it('lists the most confused pairs, the larger share first among equal counts', () => {
    expect(mostConfusedPairs(matrix)).toEqual([
      { truth: 'dog', predicted: 'cat', count: 3, share: 0.75 },
      { truth: 'fox', predicted: 'cat', count: 2, share: 1 },
      { truth: 'cat', predicted: 'dog', count: 2, share: 0.2 },
    ]);
    expect(mostConfusedPairs(matrix, { limit: 1 })).toHaveLength(1);
  });

  it('scores a class that was never predicted with 0', () => {
    expect(perClassTable(matrix)[2]).toEqual({
      className: 'fox',
      precision: 0,
      recall: 0,
      f1: 0,
      truePositives: 0,
      predicted: 0,
      support: 2,
    });
  });

  it('leaves an empty column 0 when normalised by it', () => {
    expect(normalisedConfusion(matrix, 'predicted').map((row) => row[2])).toEqual([0, 0, 0]);
    expect(normalisedConfusion(matrix)[0]).toEqual([0.8, 0.2, 0]);
  });
});
