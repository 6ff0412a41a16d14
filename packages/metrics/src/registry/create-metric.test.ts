import { describe, expect, it } from 'vitest';
import { createMetric, metricNames } from './create-metric.ts';

describe('createMetric', () => {
  it('makes every metric from its name, each reported under a name of its own', () => {
    const reported = metricNames().map((name) => createMetric(name).name);
    expect(new Set(reported).size).toBe(metricNames().length);
  });

  it('passes options on', () => {
    expect(createMetric({ name: 'top-k', k: 3 }).name).toBe('top3');
    expect(createMetric({ name: 'f1', average: 'weighted' }).name).toBe('f1Weighted');
  });

  it('names the nearest metric for an unknown one', () => {
    expect(() => createMetric('accurcy')).toThrow(
      /createMetric: expected a metric \(loss, .*\), received accurcy. Write accuracy\./,
    );
    expect(() => createMetric('toString')).toThrow(/received toString/);
  });

  it('names the nearest option for an unknown one', () => {
    expect(() => createMetric({ name: 'precision', averge: 'macro' })).toThrow(
      'createMetric precision: expected no options but average, received averge. Write average.',
    );
    expect(() => createMetric({ name: 'accuracy', k: 1 })).toThrow(
      'createMetric accuracy: expected no options, received k. Leave it out.',
    );
  });

  it.each([
    [
      { name: 'precision', average: 'mean' },
      /precision.average: expected one of macro, micro, weighted, none, received mean/,
    ],
    [{ name: 'loss', per: 'epoch' }, /meanLoss.per: expected batch or sample, received epoch/],
    [{ name: 'top-k', k: 'three' }, /topK.k: expected a positive integer, received three/],
    [{ name: 'calibration-error', bins: 0 }, /expectedCalibrationError.bins: expected a positive integer, received 0/],
    [{ name: 'confusion-matrix', classNames: 'cat' }, /confusionMatrix.classNames: expected a list of names/],
  ])('refuses %j', (spec, message) => {
    expect(() => createMetric(spec)).toThrow(message);
  });
});
