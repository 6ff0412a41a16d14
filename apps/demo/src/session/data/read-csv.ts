import { CnnError } from '@cnn/core';
import { csvDataset, type MemoryDataset } from '@cnn/datasets';
import { checkClasses, checkPixelBytes } from './data-limits.ts';
import type { FileHead } from './file-kind.ts';
import { HELD_BACK, PIXEL_LIMIT_BYTES, type ReadData } from './read-data.ts';

/** A gzipped CSV of images is about a tenth of its size. */
const GZIP_RATIO = 10;
const HEADER_BYTES = 2 ** 16;

/**
 * Reads one CSV of images, or one for training and one for the test: a label and pixels 0 to 255 in each row, as
 * `cnn-cli data export` writes them. A column called `label`, `class` or `target` has the label, else the first.
 *
 * @throws CnnError `invalid-file` with line and column; `out-of-memory` before memory is taken.
 */
export async function readCsv(heads: readonly FileHead[]): Promise<ReadData> {
  const [first, second] = [...heads].sort((a, b) => Number(isTest(a)) - Number(isTest(b)) || size(b) - size(a));
  if (!first || heads.length > 2) {
    throw new CnnError('invalid-file', {
      where: 'the dropped files',
      expected: 'one CSV file for training, and one for the test',
      received: `${heads.length} CSV files`,
      remedy: 'Drop two at most',
    });
  }
  for (const head of heads) checkPixelBytes(head.given.path, size(head) / 2); // Each pixel takes a digit and a comma.
  const labelColumn = await labelColumnOf(first);
  const read = (head: FileHead, classNames?: readonly string[]): Promise<MemoryDataset> =>
    csvDataset(head.given.file, { file: head.given.path, labelColumn, ...(classNames ? { classNames } : {}) });
  const train = await read(first);
  checkPixelBytes(first.given.path, train.pixels.length);
  const test = second ? await read(second, train.classNames) : null;
  checkClasses(train);
  return {
    data: {
      name: 'csv',
      path: first.given.path,
      testPath: second?.given.path ?? null,
      header: 'auto',
      labelColumn,
      classNames: null,
    },
    parts: { train, test },
    remarks: test ? [] : [`No test images: ${100 * HELD_BACK} % of the images are held back for the test.`],
  };
}

async function labelColumnOf({ given: { file } }: FileHead): Promise<string | number> {
  if (/\.gz$/i.test(file.name)) return 0;
  const [line = ''] = (await file.slice(0, HEADER_BYTES).text()).split('\n');
  const names = line.split(',').map((name) => name.trim().replaceAll('"', ''));
  return names.find((name) => /^(label|class|target)$/i.test(name)) ?? 0;
}

function isTest({ given: { file } }: FileHead): boolean {
  return /test|val/i.test(file.name);
}

/** Bytes of the text. */
function size({ given: { file } }: FileHead): number {
  return Math.min(file.size * (/\.gz$/i.test(file.name) ? GZIP_RATIO : 1), 4 * PIXEL_LIMIT_BYTES);
}
