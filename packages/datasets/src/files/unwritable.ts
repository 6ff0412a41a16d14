import { CnnError } from '@cnn/core';

/** The error for a path that cannot be written; a `CnnError` is passed on. */
export function unwritable(path: string, cause: unknown): CnnError {
  if (cause instanceof CnnError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new CnnError(
    'io',
    {
      where: path,
      expected: 'a file that can be written',
      received: full ? `a full disk (${code})` : code,
      remedy: full ? 'Free some space, then start again' : 'Check that the folder exists and its permissions',
    },
    { cause },
  );
}
