import { open, rename, rm } from 'node:fs/promises';
import type { Dataset } from '@cnn/core';
import { type CsvChunksOptions, csvChunks } from '../csv/csv-chunks.ts';
import { unwritable } from './unwritable.ts';

/**
 * Writes a data set as CSV, one image a row, the label first. The file appears under its name when it is complete.
 *
 * @throws CnnError `io` when it cannot be written.
 */
export async function writeCsv(dataset: Dataset, path: string, options: CsvChunksOptions = {}): Promise<void> {
  const temporary = `${path}.part`;
  try {
    const handle = await open(temporary, 'w');
    try {
      for await (const chunk of csvChunks(dataset, options)) await handle.write(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to report
    throw unwritable(path, cause);
  }
}
