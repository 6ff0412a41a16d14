import { describe, expect, test } from 'vitest';
import { lossCurve, smoothing } from './loss-curve.ts';

const points = (values: readonly number[]) => values.map((loss, index) => ({ step: index + 1, loss }));

describe('the curve of a loss', () => {
  test('the smoothed one begins as the plain mean and then follows slowly', () => {
    expect([4, 2, 3].map(smoothing())).toEqual([4, 3, 3]);
    expect([...Array<number>(100).fill(1), 2].map(smoothing()).at(-1)).toBeCloseTo(1.05, 10);
  });

  test('a place shows the least and the greatest of its steps', () => {
    expect(lossCurve(points([5, 1, 9, 2, 4, 4, 4, 4]), 4).raw).toEqual([1, 9, 4, 4]);
  });

  test('a run that goes on has the curve of one that was drawn at once', () => {
    const values = Array.from({ length: 50 }, (_, i) => Math.sin(i) + 2);
    let growing = points(values.slice(0, 7));
    for (const point of points(values).slice(7)) {
      lossCurve(growing, 4);
      growing = [...growing, point];
    }
    const { raw, mean } = lossCurve(growing, 4);
    const whole = lossCurve(points(values), 4);
    expect(raw).toEqual(whole.raw);
    expect(mean).toEqual(whole.mean);
  });

  test('one that went back to a former step is drawn anew', () => {
    const former = points([3, 2, 1]);
    lossCurve(former, 1);
    const other = [former[0]!, { step: 2, loss: 9 }];
    expect(lossCurve(other, 1).raw).toEqual([3, 3, 9, 9]);
  });

  test('a step that is missing leaves a gap', () => {
    expect(lossCurve([points([1])[0]!, { step: 3, loss: 2 }], 1).raw).toEqual([1, 1, null, null, 2, 2]);
  });
});
