import { describe, expect, it } from 'vitest';
import { metricBatch } from '../../test/metric-batches.ts';
import { logLoss } from './log-loss.ts';
import { lossSum } from './loss-sum.ts';
import { meanLoss } from './mean-loss.ts';

/** Two batches, of 4 samples and of 1. */
const batches = [
  metricBatch({ classCount: 1, labels: [0, 0, 0, 0], logits: [0, 0, 0, 0] }, 2),
  metricBatch({ classCount: 1, labels: [0], logits: [0] }, 7),
];

describe('the loss of an epoch', () => {
  it('is the mean of batch losses, in which a short last batch counts as one', () => {
    const metric = meanLoss();
    for (const batch of batches) metric.update(batch);
    expect(metric.compute()).toBe(4.5);
  });

  it('is the mean over samples when asked for', () => {
    const metric = meanLoss({ per: 'sample' });
    for (const batch of batches) metric.update(batch);
    expect(metric.compute()).toBe(3);
  });

  it('is the sum of batch losses, as the notebooks call their running loss', () => {
    const metric = lossSum();
    for (const batch of batches) metric.update(batch);
    expect(metric.compute()).toBe(9);
  });

  it('stays NaN once a batch was', () => {
    for (const metric of [meanLoss(), lossSum()]) {
      for (const loss of [1, Number.NaN, 1]) metric.update({ ...batches[0]!, loss });
      expect(metric.compute()).toBeNaN();
    }
  });
});

describe('logLoss', () => {
  it('does not overflow where the exponential would', () => {
    const metric = logLoss();
    metric.update(metricBatch({ classCount: 2, labels: [0, 1], logits: [1000, 0, 1000, 0] }));
    expect(metric.compute()).toBe(500);
  });

  it('is infinite for a label that was ruled out', () => {
    const metric = logLoss();
    metric.update(metricBatch({ classCount: 2, labels: [1], logits: [0, -Infinity] }));
    expect(metric.compute()).toBe(Infinity);
  });
});
