import { describe, expect, it } from 'vitest';
import { reductionPlan } from './reduction-plan.ts';

describe('the plan of a reduction', () => {
  it.each([
    [[4, 10], [1], { outer: 4, length: 10, inner: 1 }],
    [[4, 10], [0], { outer: 1, length: 4, inner: 10 }],
    [[2, 3, 4, 6], [0, 1, 2], { outer: 1, length: 24, inner: 6 }],
    [[2, 5, 3, 4], [1, 2], { outer: 2, length: 15, inner: 4 }],
    [[2, 1, 3], [0, 2], { outer: 1, length: 6, inner: 1 }],
    [[3, 1], [1], { outer: 1, length: 1, inner: 3 }],
    [[], [], { outer: 1, length: 1, inner: 1 }],
  ])('takes %j over %j together', (shape, axes, plan) => {
    expect(reductionPlan(shape, axes)).toEqual(plan);
  });

  it('is none where a kept axis lies between', () => {
    expect(reductionPlan([2, 5, 3], [0, 2])).toBeUndefined();
  });
});
