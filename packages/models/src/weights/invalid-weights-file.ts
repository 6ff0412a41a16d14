import { CnnError } from '@cnn/core';

/** The error of a damaged or hostile weight file. */
export function invalidWeightsFile(
  where: string,
  expected: string,
  received: string,
  { remedy = 'Download or save the file again', cause }: { remedy?: string; cause?: unknown } = {},
): CnnError {
  return new CnnError('invalid-file', { where, expected, received, remedy }, { cause });
}

/** The error of a weight file that is well formed and holds something that is not read here. */
export function unsupportedWeightsFile(where: string, expected: string, received: string, remedy: string): CnnError {
  return new CnnError('unsupported', { where, expected, received, remedy });
}
