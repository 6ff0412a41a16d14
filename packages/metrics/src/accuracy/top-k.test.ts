import { describe, expect, it } from 'vitest';
import { measured, metricBatch } from '../../test/metric-batches.ts';
import { accuracy } from './accuracy.ts';
import { topK } from './top-k.ts';

describe('topK', () => {
  it('is named for its k', () => {
    expect(topK().name).toBe('top5');
    expect(topK({ k: 3 }).name).toBe('top3');
  });

  it('ranks the lower index first among equal logits, as accuracy does', () => {
    const tied = { classCount: 3, labels: [0, 1, 2], logits: [1, 1, 1, 1, 1, 1, 1, 1, 1] };
    expect(measured(topK({ k: 1 }), tied)).toBe(measured(accuracy(), tied));
    expect(measured(topK({ k: 2 }), tied)).toBeCloseTo(2 / 3, 12);
  });

  it('ranks NaN first, as accuracy does', () => {
    const spoilt = { classCount: 3, labels: [0, 1, 2], logits: [9, NaN, 1, 9, NaN, 1, NaN, NaN, NaN] };
    expect(measured(topK({ k: 1 }), spoilt)).toBe(measured(accuracy(), spoilt));
    expect(measured(topK({ k: 2 }), spoilt)).toBeCloseTo(2 / 3, 12);
    expect(measured(topK({ k: 3 }), spoilt)).toBe(1);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses k = %d', (k) => {
    expect(() => topK({ k })).toThrow(/topK.k: expected a positive integer/);
  });

  it('refuses more guesses than there are classes', () => {
    const batch = metricBatch({ classCount: 2, labels: [0], logits: [1, 2] });
    expect(() => topK({ k: 3 }).update(batch)).toThrow('topK.k: expected at most the 2 classes, received 3. Lower k');
  });
});
