import { createReadStream } from 'node:fs';
import { type CsvDatasetOptions, csvDataset } from '../csv/csv-dataset.ts';
import type { MemoryDataset } from '../memory/memory-dataset.ts';
import { unreadable } from './read-file-bytes.ts';

/**
 * Reads a CSV file of images as it streams from disk, plain or gzipped.
 *
 * @throws CnnError `missing-file` or `io` when it cannot be read, and as `csvDataset`.
 */
export async function openCsv(path: string, options: CsvDatasetOptions = {}): Promise<MemoryDataset> {
  return csvDataset(fileChunks(path), { file: path, ...options });
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* createReadStream(path, { highWaterMark: 2 ** 18 });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
