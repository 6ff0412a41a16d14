import { CnnError } from '@cnn/core';

/** An error of the operating system, as `node:fs` throws it. */
export interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly syscall?: string;
}

/** True for an error that the operating system gave: it has a code such as ENOENT and the call that failed. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

const EXPLANATIONS: Readonly<Record<string, { expected: string; received: string; remedy: string }>> = {
  EACCES: {
    expected: 'permission to use it',
    received: 'none',
    remedy: 'Change its permissions or choose another place',
  },
  EDQUOT: {
    expected: 'room within the quota',
    received: 'a full quota',
    remedy: 'Free some space, then go on with --resume',
  },
  ENOENT: { expected: 'a file or folder', received: 'nothing there', remedy: 'Check the path' },
  ENOSPC: {
    expected: 'room on the disk',
    received: 'a full disk',
    remedy: 'Free some space, then go on with --resume',
  },
  ENOTDIR: { expected: 'a folder', received: 'a file', remedy: 'Choose another place' },
  EROFS: { expected: 'a file system to write to', received: 'a read-only one', remedy: 'Choose another place' },
};

/** An error of the operating system in the words of this project: `io`, or `missing-file` when nothing is there. */
export function describeFileError(error: SystemError): CnnError {
  const explanation = EXPLANATIONS[error.code] ?? {
    expected: `${error.syscall ?? 'file access'} to work`,
    received: error.code,
    remedy: 'Check the path and the disk',
  };
  const where = error.path ?? error.syscall ?? 'file access';
  return new CnnError(error.code === 'ENOENT' ? 'missing-file' : 'io', { where, ...explanation }, { cause: error });
}
