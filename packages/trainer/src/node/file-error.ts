import { CnnError } from '@cnn/core';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on the disk',
  EDQUOT: 'Free some space in your quota',
  EACCES: 'Check the permissions of the file and its folder',
  EROFS: 'Choose a folder that can be written to',
  ENOTDIR: 'Choose another path: a part of it is a file',
};

/** What the system said of a file, in the house grammar. Code `io`. */
export function fileError(path: string, expected: string, error: unknown): CnnError {
  if (error instanceof CnnError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const received = error instanceof Error ? error.message : String(error);
  return new CnnError(
    'io',
    { where: path, expected, received, remedy: REMEDIES[code] ?? 'Check the path and the disk' },
    { cause: error },
  );
}
