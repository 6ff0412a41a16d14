import { describe, expect, it } from 'vitest';
import { predictedClass } from './predicted-class.ts';

describe('predictedClass', () => {
  it('is the first of the greatest scores of its row', () => {
    const scores = Float32Array.of(9, 9, 9, -3, -1, -1);
    expect([0, 1].map((row) => predictedClass(scores, row, 3))).toEqual([0, 1]);
  });

  it('is the first NaN, as in PyTorch', () => {
    expect(predictedClass(Float32Array.of(5, NaN, NaN), 0, 3)).toBe(1);
  });

  it('copes with infinities', () => {
    expect(predictedClass(Float32Array.of(-Infinity, -Infinity, 0), 0, 3)).toBe(2);
    expect(predictedClass(Float32Array.of(-Infinity, -Infinity), 0, 2)).toBe(0);
  });
});
