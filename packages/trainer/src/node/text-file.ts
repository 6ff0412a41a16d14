import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TextFile } from '../text/text-file.ts';
import { checkTextSize } from '../text/text-size.ts';
import { fileError } from './file-error.ts';

/**
 * A text as a file. Its folder is made when it is opened.
 *
 * @throws CnnError `io` (a full disk, no permission), with the path.
 */
export function textFile(path: string): TextFile {
  let handle: FileHandle | undefined;
  let position = 0;
  return {
    async open(sizeBytes) {
      try {
        await mkdir(dirname(path), { recursive: true });
        position = existsSync(path) ? sizeBytes : 0; // not there: the run goes on in another place
        handle = await open(path, position === 0 ? 'w' : 'r+');
        checkTextSize(path, (await handle.stat()).size, position);
        await handle.truncate(position);
        return position;
      } catch (error) {
        await handle?.close();
        handle = undefined;
        throw fileError(path, 'to be writable', error);
      }
    },
    async append(data) {
      const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
      try {
        await handle?.write(bytes, 0, bytes.length, position);
      } catch (error) {
        throw fileError(path, 'to be written', error);
      }
      position += bytes.length;
    },
    async flush() {
      await handle?.sync();
      return position;
    },
    async close() {
      await handle?.close();
      handle = undefined;
    },
  };
}
