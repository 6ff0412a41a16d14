import { expect, it } from 'vitest';
import { measured, metricBatch } from '../../test/metric-batches.ts';
import { worstMistakes } from './worst-mistakes.ts';

it('keeps the mistakes of which the model was surest, by their place in the order of visit', () => {
  const labels = [0, 1, 1, 0, ...Array<number>(16).fill(0), 1];
  const logits = [3, 0, 5, 0, 0, 9, 0, 1, ...Array<number[]>(16).fill([1, 0]).flat(), 2, 0];
  const found = measured(worstMistakes({ limit: 2 }), { classCount: 2, labels, logits });
  const shares = (margin: number) => {
    const probability = 1 / (1 + Math.exp(-margin));
    return { probability: expect.closeTo(probability, 12), labelProbability: expect.closeTo(1 - probability, 12) };
  };
  expect(found).toEqual([
    { index: 1, label: 1, predicted: 0, ...shares(5) },
    { index: 20, label: 1, predicted: 0, ...shares(2) },
  ]);
});

it('lists nothing where there is no mistake, and starts anew after a reset', () => {
  const metric = worstMistakes();
  metric.update(metricBatch({ classCount: 2, labels: [1], logits: [1, 0] }));
  expect(metric.compute()).toHaveLength(1);
  metric.reset();
  metric.update(metricBatch({ classCount: 2, labels: [0], logits: [1, 0] }));
  expect(metric.compute()).toEqual([]);
});

it('shows a sample whose scores are no numbers as one without any certainty', () => {
  const [mistake] = measured(worstMistakes(), { classCount: 2, labels: [1], logits: [Number.NaN, 0] });
  expect(mistake).toMatchObject({ predicted: 0, probability: 0 });
});

it('refuses a limit that keeps nothing', () => {
  expect(() => worstMistakes({ limit: 0 })).toThrow('worstMistakes.limit: expected a positive integer, received 0');
});
