import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ceilAxis, ceilOutputSize, convOutputSize, type WindowAxis, windowSpan } from './window-axis.ts';

const anyAxis = fc
  .record({
    inputSize: fc.integer({ min: 1, max: 40 }),
    kernelSize: fc.integer({ min: 1, max: 7 }),
    stride: fc.integer({ min: 1, max: 5 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ padding, ...axis }): WindowAxis => ({ ...axis, paddingBegin: padding, paddingEnd: padding }))
  .filter((axis) => axis.inputSize + 2 * axis.paddingBegin >= windowSpan(axis))
  .filter((axis) => 2 * axis.paddingBegin <= windowSpan(axis));

/** First pixels of all windows that lie within the padded input. */
function starts(axis: WindowAxis): number[] {
  const last = axis.inputSize + axis.paddingEnd - windowSpan(axis);
  const count = Math.max(0, Math.floor((last + axis.paddingBegin) / axis.stride) + 1);
  return Array.from({ length: count }, (_, i) => i * axis.stride - axis.paddingBegin);
}

describe('the output size', () => {
  test('is the number of windows that fit', () => {
    fc.assert(
      fc.property(anyAxis, (axis) => {
        expect(convOutputSize(axis)).toBe(starts(axis).length);
      }),
    );
  });

  test('with ceilMode has at most one more, and none that starts behind the input', () => {
    fc.assert(
      fc.property(anyAxis, (axis) => {
        const [floor, ceil] = [convOutputSize(axis), ceilOutputSize(axis)];
        expect(ceil - floor === 0 || ceil - floor === 1).toBe(true);
        expect((ceil - 1) * axis.stride - axis.paddingBegin).toBeLessThan(axis.inputSize);
      }),
    );
  });

  test('of ceilMode is reached by padding the end', () => {
    fc.assert(
      fc.property(anyAxis, (axis) => {
        expect(convOutputSize(ceilAxis(axis))).toBe(ceilOutputSize(axis));
      }),
    );
  });
});
