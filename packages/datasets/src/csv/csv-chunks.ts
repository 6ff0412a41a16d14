import type { Dataset } from '@cnn/core';

/** How a data set is written as CSV. */
export interface CsvChunksOptions {
  /** Begin with `label,pixel0,pixel1,...`. */
  readonly header?: boolean;
  /** Writes no more than this many rows. */
  readonly limit?: number;
}

const ROWS_A_CHUNK = 256;

/**
 * A data set as CSV text, a chunk at a time: one image a row, the label first, then its values in HWC order.
 * `csvDataset` reads it back to the same bytes.
 */
export async function* csvChunks(dataset: Dataset, options: CsvChunksOptions = {}): AsyncGenerator<string, void, void> {
  const { header = true, limit = Infinity } = options;
  const count = Math.min(limit, dataset.length);
  let rows: string[] = [];
  for (let index = 0; index < count; index++) {
    const { label, pixels } = await dataset.get(index);
    if (index === 0 && header) rows.push(['label', ...Array.from(pixels, (_, i) => `pixel${i}`)].join(','));
    rows.push(`${label},${pixels.join(',')}`);
    if (rows.length < ROWS_A_CHUNK) continue;
    yield `${rows.join('\n')}\n`;
    rows = [];
  }
  if (rows.length > 0) yield `${rows.join('\n')}\n`;
}
