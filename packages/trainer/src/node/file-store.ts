import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnError } from '@cnn/core';
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import { fileError } from './file-error.ts';

const UNFINISHED = '.unfinished';

/**
 * Keeps checkpoints as files of a folder, which is made when the first is written. A file is written under another
 * name, synced to the disk and renamed, so that whoever kills the process at any moment finds the old file or the new.
 *
 * @throws CnnError `io` (a full disk, no permission), with the path.
 */
export function fileStore(folder: string): CheckpointStore {
  const pathOf = (name: string): string => join(folder, checkedName(name));
  return {
    async write(name, bytes) {
      const path = pathOf(name);
      const unfinished = path + UNFINISHED;
      try {
        await mkdir(folder, { recursive: true });
        const file = await open(unfinished, 'w');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path);
        await syncFolder(folder);
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined); // the first error is the one to report
        throw fileError(path, 'to be written', error);
      }
    },
    async read(name) {
      try {
        return new Uint8Array(await readFile(pathOf(name)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw fileError(pathOf(name), 'to be readable', error);
      }
    },
    async remove(name) {
      await rm(pathOf(name), { force: true });
    },
    async list() {
      try {
        const names = await readdir(folder);
        return names.filter((name) => !name.endsWith(UNFINISHED)).sort();
      } catch (error) {
        if (isMissing(error)) return [];
        throw fileError(folder, 'to be readable', error);
      }
    },
  };
}

/** A rename is only safe from a power cut when the folder is synced too. Not every system lets one open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function checkedName(name: string): string {
  if (name && !/[\\/\0]/.test(name) && name !== '.' && name !== '..') return name;
  throw new CnnError('invalid-argument', {
    where: 'fileStore',
    expected: 'a file name without a folder',
    received: JSON.stringify(name),
    remedy: 'Give the folder to fileStore and the bare name here',
  });
}
