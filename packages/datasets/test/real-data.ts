import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file or folder of the real data that `CNN_DATA_DIR` points to; `undefined`, with the reason printed, when the
 * variable is unset.
 *
 * @throws Error when the variable is set and the file is not there.
 */
export function realData(below: string): string | undefined {
  const folder = process.env.CNN_DATA_DIR;
  if (!folder) {
    console.log(`Skipped: CNN_DATA_DIR is not set, so there is no ${below} to test with.`);
    return undefined;
  }
  const path = join(folder, below);
  if (!existsSync(path)) throw new Error(`CNN_DATA_DIR is set to ${folder}, which has no ${below}.`);
  return path;
}
