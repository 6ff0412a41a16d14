import { CnnError } from '@cnn/core';

/** @throws CnnError `invalid-argument` when `index` is not an integer in 0..length - 1. */
export function checkIndex(index: number, length: number, datasetName: string): void {
  if (Number.isInteger(index) && index >= 0 && index < length) return;
  throw new CnnError('invalid-argument', {
    where: `${datasetName}.get`,
    expected: length > 0 ? `an integer in 0..${length - 1}` : 'no index: the data set is empty',
    received: String(index),
    remedy: 'Ask for a sample that the data set has',
  });
}
