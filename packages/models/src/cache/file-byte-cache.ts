import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { CnnError } from '@cnn/core';
import type { ByteCache } from './byte-cache.ts';

/** `$CNN_CACHE_DIR`, else `cnn` in `$XDG_CACHE_HOME` or in `~/.cache`. */
export function defaultCacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  const { CNN_CACHE_DIR, XDG_CACHE_HOME } = environment;
  return CNN_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'cnn');
}

/** Keeps files in a folder. A file gets its name when it is whole. */
export function fileByteCache(folder: string = defaultCacheDir()): ByteCache {
  const pathOf = (key: string): string => {
    const path = resolve(folder, key);
    if (path.startsWith(resolve(folder) + sep)) return path;
    throw new CnnError('invalid-argument', {
      where: 'fileByteCache',
      expected: 'a name within the folder',
      received: key,
      remedy: 'Leave .. out of it',
    });
  };
  return {
    async read(key) {
      const buffer = await readFile(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw unusable(pathOf(key), error);
      });
      return buffer && new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
    },
    async write(key, bytes) {
      const path = pathOf(key);
      const unfinished = `${path}.${process.pid}.part`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(unfinished, bytes);
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw unusable(path, error);
      }
    },
  };
}

function unusable(path: string, cause: unknown): CnnError {
  return new CnnError(
    'io',
    {
      where: path,
      expected: 'a cache folder that can be read and written',
      received: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Set CNN_CACHE_DIR to a folder of yours, or free space',
    },
    { cause },
  );
}
