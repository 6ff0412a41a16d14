import { CnnError } from '@cnn/core';
import { type ByteSource, type NamedBytes, readBytes } from '../bytes/byte-source.ts';
import { type MemoryDataset, memoryDataset } from '../memory/memory-dataset.ts';
import { parseIdx } from './parse-idx.ts';

/** A pair of IDX files: grey images `[N, H, W]` and labels `[N]`. */
export interface IdxDatasetOptions {
  /** For messages and logs. */
  readonly name?: string;
  /** Plain or gzipped. */
  readonly images: ByteSource | NamedBytes;
  /** Plain or gzipped. */
  readonly labels: ByteSource | NamedBytes;
  /** Default: the class indices up to the greatest label, as strings. */
  readonly classNames?: readonly string[];
}

/**
 * Reads a pair of IDX files. The images stay the bytes of the file.
 *
 * @throws CnnError `invalid-file` when a file is damaged, the numbers of images and labels differ, or a label lies
 * outside the classes.
 */
export async function idxDataset(options: IdxDatasetOptions): Promise<MemoryDataset> {
  const [images, labels] = await Promise.all([read(options.images, 'images'), read(options.labels, 'labels')]);
  return idxDatasetFromBytes(images, labels, options);
}

/** As `idxDataset`, from bytes that are gunzipped already. */
export function idxDatasetFromBytes(
  images: NamedBytes,
  labels: NamedBytes,
  options: { name?: string; classNames?: readonly string[] } = {},
): MemoryDataset {
  const pixels = parseIdx(images, 3);
  const classes = parseIdx(labels, 1);
  const [count, height, width] = pixels.shape as [number, number, number];
  if (count !== classes.shape[0]) {
    throw new CnnError('invalid-file', {
      where: labels.file,
      expected: `${count} labels, one for each image in ${images.file}`,
      received: `${classes.shape[0]}`,
      remedy: 'Pair the images with the labels of the same split',
    });
  }
  checkLabels(labels.file, classes.data, options.classNames);
  return memoryDataset({ ...options, pixels: pixels.data, labels: classes.data, shape: [height, width, 1] });
}

function checkLabels(file: string, labels: Uint8Array, classNames: readonly string[] | undefined): void {
  if (!classNames) return;
  const position = labels.findIndex((label) => label >= classNames.length);
  if (position < 0) return;
  throw new CnnError('invalid-file', {
    where: `${file}, label ${position}`,
    expected: `a class index 0..${classNames.length - 1}`,
    received: String(labels[position]),
    remedy: 'Check that the labels belong to these classes',
  });
}

async function read(source: ByteSource | NamedBytes, role: string): Promise<NamedBytes> {
  return 'file' in source
    ? readBytes(source.bytes, { file: source.file })
    : readBytes(source, { file: fileName(source, role) });
}

function fileName(source: ByteSource, role: string): string {
  return typeof File !== 'undefined' && source instanceof File ? source.name : role;
}
