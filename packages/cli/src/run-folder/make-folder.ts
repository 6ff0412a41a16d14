import { mkdir } from 'node:fs/promises';
import { describeFileError, isSystemError } from './file-error.ts';

/** Makes a folder and those above it. @throws CnnError `io` when it cannot be made. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw isSystemError(error) ? describeFileError(error) : error;
  }
}
