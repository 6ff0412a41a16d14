import { CnnError } from '../errors/cnn-error.ts';

/** `value`, checked. @throws CnnError `invalid-argument` when it is no integer of at least 1. */
export function positiveInteger(value: number, where: string): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new CnnError('invalid-argument', {
    where,
    expected: 'a positive integer',
    received: String(value),
    remedy: 'Pass a whole number of at least 1',
  });
}
