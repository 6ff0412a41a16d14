import { describe, expect, it } from 'vitest';
import { createMetric, metricNames } from '../src/index.ts';
import { metricBatch, metricBatches } from './metric-batches.ts';

const predictions = {
  classCount: 5,
  labels: [0, 1, 2, 3, 4, 0, 1, 2, 2],
  logits: Array.from({ length: 45 }, (_, i) => Math.sin(i * 1.7) * 3),
};

/** Metrics of the loss alone, which do not look at the logits. */
const ofLoss = ['loss', 'loss-sum'];

/** What metrics that are no number say before the first batch. */
const NOTHING: Readonly<Record<string, unknown>> = {
  'confusion-matrix': { classNames: [], counts: [] },
  'worst-mistakes': [],
};

describe.each(metricNames())('metric %s', (name) => {
  it('is undefined before the first batch, and again after a reset', () => {
    const metric = createMetric(name);
    const empty = metric.compute();
    expect(empty).toEqual(NOTHING[name] ?? Number.NaN);
    metric.update(metricBatch(predictions, 0.5));
    expect(metric.compute()).not.toEqual(empty);
    metric.reset();
    expect(metric.compute()).toEqual(empty);
  });

  it('can be read at any time without a change', () => {
    const metric = createMetric(name);
    metric.update(metricBatch(predictions, 0.5));
    expect(metric.compute()).toEqual(metric.compute());
  });

  it('forgets the batches before a reset', () => {
    const metric = createMetric(name);
    metric.update(metricBatch({ ...predictions, labels: predictions.labels.map((label) => 4 - label) }, 7));
    metric.reset();
    metric.update(metricBatch(predictions, 0.5));
    const fresh = createMetric(name);
    fresh.update(metricBatch(predictions, 0.5));
    expect(metric.compute()).toEqual(fresh.compute());
  });

  it('shares nothing with another one of its kind', () => {
    const [one, other] = [createMetric(name), createMetric(name)];
    const empty = other.compute();
    one.update(metricBatch(predictions, 0.5));
    expect(other.compute()).toEqual(empty);
  });
});

describe.each(metricNames().filter((name) => !ofLoss.includes(name)))('metric %s', (name) => {
  it.each([1, 2, 4])('does not depend on batches of %i', (size) => {
    const whole = createMetric(name);
    whole.update(metricBatch(predictions));
    const parts = createMetric(name);
    for (const batch of metricBatches(predictions, size)) parts.update(batch);
    expect(rounded(parts.compute())).toEqual(rounded(whole.compute()));
  });

  it('refuses a label that is no class, and keeps what it has counted', () => {
    const metric = createMetric(name);
    metric.update(metricBatch(predictions));
    const before = metric.compute();
    const wrong = metricBatch({ ...predictions, labels: [0, 1, 2, 3, 4, 0, 1, 2, 5] });
    expect(() => metric.update(wrong)).toThrow(
      /: expected class indices from 0 to 4, received label 5 for sample 8 of the batch\. Give the model/,
    );
    expect(metric.compute()).toEqual(before);
  });

  it('refuses logits and labels of different lengths', () => {
    const short = { ...metricBatch(predictions), logits: new Float32Array(44) };
    expect(() => createMetric(name).update(short)).toThrow(
      /expected logits \[9, 5\] and labels \[9\], received 44 logits/,
    );
  });
});

function rounded(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result), (_, value) => (typeof value === 'number' ? value.toFixed(9) : value));
}
