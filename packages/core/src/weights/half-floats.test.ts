import { expect, test } from 'vitest';
import { fromBfloat16Bits, fromFloat16Bits, toBfloat16Bits, toFloat16Bits } from './half-floats.ts';

test('every float16 and bfloat16 number survives the way there and back', () => {
  const patterns = Array.from({ length: 0x10000 }, (_, bits) => bits);
  const halves = patterns.filter((bits) => !Number.isNaN(fromFloat16Bits(bits)));
  expect(halves.filter((bits) => toFloat16Bits(fromFloat16Bits(bits)) !== bits)).toEqual([]);
  const brains = patterns.filter((bits) => !Number.isNaN(fromBfloat16Bits(bits)));
  expect(brains.filter((bits) => toBfloat16Bits(fromBfloat16Bits(bits)) !== bits)).toEqual([]);
});

test('numbers between two are rounded to the nearest, ties to even', () => {
  expect(toFloat16Bits(1 + 2 ** -11)).toBe(toFloat16Bits(1));
  expect(toFloat16Bits(1 + 3 * 2 ** -11)).toBe(toFloat16Bits(1 + 2 ** -9));
  expect(toFloat16Bits(65519)).toBe(toFloat16Bits(65504));
  expect(toFloat16Bits(65520)).toBe(0x7c00);
  expect(toFloat16Bits(2 ** -25)).toBe(0);
  expect(toFloat16Bits(2 ** -14 - 2 ** -26)).toBe(toFloat16Bits(2 ** -14));
  expect(toBfloat16Bits(1 + 2 ** -8)).toBe(toBfloat16Bits(1));
  expect(toBfloat16Bits(3.4e38)).toBe(0x7f80);
});

test('NaN stays NaN', () => {
  expect(fromFloat16Bits(toFloat16Bits(Number.NaN))).toBeNaN();
  expect(fromBfloat16Bits(toBfloat16Bits(Number.NaN))).toBeNaN();
});
