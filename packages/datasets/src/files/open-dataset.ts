import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';
import { assembleSplit, type SplitOptions } from '../catalogue/assemble-split.ts';
import { type CatalogueEntry, catalogueEntry } from '../catalogue/catalogue.ts';
import type { MemoryDataset } from '../memory/memory-dataset.ts';
import { type LocatedPart, locatePart, placesOf, type SearchOptions } from './locate-part.ts';
import { readFileBytes } from './read-file-bytes.ts';

/** Which split, and where its files are. */
export interface OpenDatasetOptions extends SplitOptions, SearchOptions {}

/**
 * Opens a data set of the catalogue by name, from files below `root`, `searchPaths` or `$CNN_DATA_DIR`: as
 * `<folder>/mnist/train-images-idx3-ubyte.gz`, in torchvision's layout `<folder>/MNIST/raw/...`, or plain.
 *
 * @throws CnnError `missing-file` with every place that was searched; `invalid-file` when a file is damaged.
 */
export async function openDataset(name: string, options: OpenDatasetOptions = {}): Promise<MemoryDataset> {
  const entry = catalogueEntry(name);
  const parts = entry.parts[options.split ?? 'train'];
  const located = parts.map(({ file }) => locatePart(entry, file, options) ?? missing(entry, file, options));
  return assembleSplit(entry, await Promise.all(located.map(readPart)), options);
}

async function readPart({ path }: LocatedPart): Promise<NamedBytes> {
  return readFileBytes(path);
}

function missing(entry: CatalogueEntry, file: string, options: SearchOptions): never {
  const places = placesOf(entry, options);
  throw new CnnError('missing-file', {
    where: `data set ${entry.name}`,
    expected: `${file}, plain or gzipped, in one of: ${places.join(', ') || '(no data folder was named)'}`,
    received: 'no such file',
    remedy: `Run \`cnn-cli data download ${entry.name}\`, or set CNN_DATA_DIR to a folder that has ${entry.folders[0]}/${file}.gz`,
  });
}
