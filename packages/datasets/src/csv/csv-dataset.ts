import { CnnError, type ImageShape } from '@cnn/core';
import { type ByteSource, byteChunks, fileName } from '../bytes/byte-source.ts';
import { type MemoryDataset, memoryDataset } from '../memory/memory-dataset.ts';
import { CsvRows } from './csv-rows.ts';

/** How to read a CSV file of images: one image a row, a label and pixels 0..255. */
export interface CsvDatasetOptions {
  /** For messages and logs. Default: the path. */
  readonly name?: string;
  /** Name of the file in errors; a `File` brings its own. */
  readonly file?: string;
  /** Whether the first row holds column names. `auto`: it does when its label is no number, or most of its fields. */
  readonly header?: boolean | 'auto';
  /** Column of the class, an index or a name: its name in the header, or its position from 0, or from the end when negative. */
  readonly labelColumn?: string | number;
  /** Default: square and grey, or square with 3 channels (HWC) where that fits. */
  readonly shape?: ImageShape;
  /** Default: the names that the labels have, sorted; of labels that are numbers, those up to the greatest as strings. */
  readonly classNames?: readonly string[];
  /** Reads no more than this many rows. */
  readonly limit?: number;
}

/**
 * Reads images from CSV as it streams in, plain or gzipped, into bytes.
 *
 * @throws CnnError `invalid-file` with file, line and column: a row with more or fewer fields than the first, a field
 * that is no whole number 0..255, a label outside the classes, no row at all.
 */
export async function csvDataset(
  source: ByteSource | AsyncIterable<Uint8Array>,
  options: CsvDatasetOptions = {},
): Promise<MemoryDataset> {
  const { file = fileName(source, 'csv'), header = 'auto', labelColumn = 0, classNames, limit = Infinity } = options;
  const rows = new CsvRows({ file, header, labelColumn, classNames, classCount: classNames?.length ?? 1000, limit });
  for await (const chunk of byteChunks(source, { file })) {
    rows.push(chunk);
    if (rows.full) break;
  }
  const { pixels, labels, columns, classNames: found } = rows.finish();
  const names = classNames ?? found;
  const shape = options.shape ?? squareShape(columns, file);
  if (shape[0] * shape[1] * shape[2] !== columns) {
    throw new CnnError('invalid-file', {
      where: file,
      expected: `${shape.join(' × ')} = ${shape[0] * shape[1] * shape[2]} pixels a row`,
      received: `${columns}`,
      remedy: 'Pass the shape of the images as [height, width, channels]',
    });
  }
  return memoryDataset({
    name: options.name ?? file,
    pixels,
    labels,
    shape,
    ...(names ? { classNames: names } : {}),
  });
}

function squareShape(columns: number, file: string): ImageShape {
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(columns / channels));
    if (side * side * channels === columns) return [side, side, channels];
  }
  throw new CnnError('invalid-file', {
    where: file,
    expected: 'as many pixels a row as a square image has, grey or with 3 channels',
    received: String(columns),
    remedy: 'Pass the shape of the images as [height, width, channels]',
  });
}
