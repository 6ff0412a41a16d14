import { idxDatasetFromBytes } from '../idx/idx-dataset.ts';
import type { MemoryDataset } from '../memory/memory-dataset.ts';
import { readFileBytes } from './read-file-bytes.ts';

/** A pair of IDX files on disk, plain or gzipped. */
export interface OpenIdxOptions {
  /** Path of the file of images, raw or `.gz`. */
  readonly images: string;
  /** Path of the file of labels, raw or `.gz`. */
  readonly labels: string;
  /** For messages and logs. Default: the name of the images' file. */
  readonly name?: string;
  /** Default: the class indices up to the greatest label, as strings. */
  readonly classNames?: readonly string[];
}

/**
 * Reads a pair of IDX files: grey images `[N, H, W]` and labels `[N]`.
 *
 * @throws CnnError `missing-file`, `io`, or `invalid-file` as `idxDataset`.
 */
export async function openIdx({ images, labels, ...options }: OpenIdxOptions): Promise<MemoryDataset> {
  const [pixels, classes] = await Promise.all([readFileBytes(images), readFileBytes(labels)]);
  return idxDatasetFromBytes(pixels, classes, { name: images, ...options });
}
