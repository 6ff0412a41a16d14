import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';
import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';
import { damagedGzip, isGzip } from '../bytes/gunzip.ts';

const gunzip = promisify(gunzipCallback);

/**
 * All bytes of a file, gunzipped where they start with gzip's magic number.
 *
 * @throws CnnError `missing-file` when there is none, `io` when it cannot be read, `invalid-file` when the gzip stream
 * is damaged or cut short.
 */
export async function readFileBytes(path: string): Promise<NamedBytes> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!isGzip(bytes)) return { file: path, bytes };
  const contents = await gunzip(bytes).catch((cause: unknown) => {
    throw damagedGzip(path, bytes.byteLength, cause);
  });
  return { file: path, bytes: contents };
}

/** The error for a path that cannot be opened: `missing-file` when nothing is there, else `io`. */
export function unreadable(path: string, cause: unknown): CnnError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const missing = code === 'ENOENT';
  return new CnnError(
    missing ? 'missing-file' : 'io',
    {
      where: path,
      expected: 'a readable file',
      received: missing ? 'no such file' : code,
      remedy: missing ? 'Check the path' : 'Check the permissions of the file and its folder',
    },
    { cause },
  );
}
