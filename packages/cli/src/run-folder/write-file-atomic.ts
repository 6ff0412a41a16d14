import { open, rename, rm } from 'node:fs/promises';
import { describeFileError, isSystemError } from './file-error.ts';
import { formatJson } from './format-json.ts';

/**
 * Writes a file so that a reader, or a crash, finds the old content or the new one and never a part: a temporary file
 * beside it, synced, then renamed.
 *
 * @throws CnnError `io` when the disk is full or refuses; the old file is untouched.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw isSystemError(error) ? describeFileError(Object.assign(error, { path })) : error;
  }
}

/** `writeFileAtomic` of a value as indented JSON. */
export async function writeJsonAtomic(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, `${formatJson(value)}\n`);
}
