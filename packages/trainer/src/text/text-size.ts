import { CnnError } from '@cnn/core';

/** @throws CnnError `state-mismatch` when a text holds less than what a checkpoint remembers of it. */
export function checkTextSize(where: string, sizeBytes: number, expectedBytes: number): void {
  if (sizeBytes >= expectedBytes) return;
  throw new CnnError('state-mismatch', {
    where,
    expected: `the ${expectedBytes} bytes that were written before the checkpoint`,
    received: `${sizeBytes} bytes`,
    remedy: 'Put the file back as it was, or start a new run in another folder',
  });
}
