import { CnnError } from '@cnn/core';

/** @throws CnnError `invalid-argument` when `p` is not in 0..1. */
export function checkProbability(p: number, where: string): void {
  if (p >= 0 && p <= 1) return;
  throw optionError(where, 'a probability 0..1', p, 'Pass how often to apply it, for example { p: 0.5 }');
}

/** @throws CnnError `invalid-argument` when a range is not two finite numbers in order, or begins below `least`. */
export function checkRange(range: readonly number[], where: string, least: number): void {
  const [low = Number.NaN, high = Number.NaN] = range;
  if (range.length === 2 && low >= least && low <= high && Number.isFinite(high)) return;
  throw optionError(where, `two numbers from ${least} on, the smaller first`, range, 'Pass a range as [low, high]');
}

/** The error for an option of a transform. */
export function optionError(where: string, expected: string, received: unknown, remedy: string): CnnError {
  return new CnnError('invalid-argument', { where, expected, received: JSON.stringify(received) ?? 'nothing', remedy });
}
