import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';
import { md5 } from '../bytes/md5.ts';
import { tarMember } from '../bytes/tar-member.ts';
import { assembleSplit, type SplitOptions } from '../catalogue/assemble-split.ts';
import { type CatalogueEntry, type CataloguePart, catalogueEntry } from '../catalogue/catalogue.ts';
import type { DownloadOptions } from '../download/download-progress.ts';
import type { MemoryDataset } from '../memory/memory-dataset.ts';
import { downloadDataset } from './download-dataset.ts';
import { type LocatedPart, locatePart, placesOf, type SearchOptions } from './locate-part.ts';
import { readFileBytes } from './read-file-bytes.ts';

/** Which split, where its files are, and whether to fetch them. */
export interface OpenDatasetOptions extends SplitOptions, SearchOptions, DownloadOptions {
  /** Download what is nowhere found, into `root` (default `./data`). */
  readonly download?: boolean;
}

/** Files up to this size have their checksum compared whenever they are opened: those of labels. */
const QUICK_CHECK_BYTES = 2 ** 20;

/**
 * Opens a data set of the catalogue by name, from files below `root`, `searchPaths` or `$CNN_DATA_DIR`: as
 * `<folder>/mnist/train-images-idx3-ubyte.gz`, in torchvision's layout `<folder>/MNIST/raw/...`, or plain.
 *
 * @example
 * const train = await openDataset('mnist', { root: './data', split: 'train', download: true });
 * @throws CnnError `missing-file` with every place that was searched and what a download said; `invalid-file` when a
 * file is damaged; `checksum-mismatch` when it belongs to another data set; `aborted`.
 */
export async function openDataset(name: string, options: OpenDatasetOptions = {}): Promise<MemoryDataset> {
  const entry = catalogueEntry(name);
  const { split = 'train', root = './data' } = options;
  const search = { ...options, root };
  const parts = entry.parts[split];
  let located = locateAll(entry, parts, search);
  const absent = parts.find((_, i) => !located[i]);
  if (absent) {
    if (!options.download) throw missing(entry, absent.file, search);
    await downloadDataset(name, search).catch((cause: unknown) => {
      if (cause instanceof CnnError && cause.code === 'network') throw missing(entry, absent.file, search, cause);
      throw cause;
    });
    located = locateAll(entry, parts, search);
  }
  const files = new Map<string, Promise<NamedBytes>>();
  const contents = located.map(async (place, i) => {
    if (!place) throw missing(entry, parts[i]!.file, search);
    const bytes = await readPart(place, files);
    checkIdentity(entry, parts[i]!, bytes);
    return bytes;
  });
  return assembleSplit(entry, await Promise.all(contents), options);
}

function locateAll(
  entry: CatalogueEntry,
  parts: readonly CataloguePart[],
  search: SearchOptions,
): (LocatedPart | undefined)[] {
  return parts.map(({ file }) => locatePart(entry, file, search));
}

async function readPart({ path, member }: LocatedPart, files: Map<string, Promise<NamedBytes>>): Promise<NamedBytes> {
  const pending = files.get(path) ?? readFileBytes(path);
  files.set(path, pending);
  const contents = await pending;
  return member === undefined ? contents : tarMember(contents, member);
}

/** MNIST and its successors use the same file names: their labels tell them apart at once. */
function checkIdentity(entry: CatalogueEntry, part: CataloguePart, { file, bytes }: NamedBytes): void {
  if (part.md5 === null || bytes.byteLength > QUICK_CHECK_BYTES) return;
  const sum = md5(bytes);
  if (sum === part.md5) return;
  throw new CnnError('checksum-mismatch', {
    where: file,
    expected: `the ${part.file} of ${entry.name}, whose contents have MD5 ${part.md5}`,
    received: `contents of MD5 ${sum}`,
    remedy: `Check that the folder is that of ${entry.name}; else delete the file and run \`cnn-cli data download ${entry.name}\``,
  });
}

function missing(entry: CatalogueEntry, file: string, search: SearchOptions, cause?: CnnError): CnnError {
  const byHand = `or set CNN_DATA_DIR to a folder that has ${entry.folders[0]}/${file}.gz`;
  return new CnnError(
    'missing-file',
    {
      where: `data set ${entry.name}`,
      expected: `${file}, plain or gzipped, in one of ${placesOf(entry, search).join(', ')}`,
      received: cause ? `no such file, and its download failed (${cause.message.replace(/\.$/, '')})` : 'no such file',
      remedy: cause ? `Check the network, ${byHand}` : `Run \`cnn-cli data download ${entry.name}\`, ${byHand}`,
    },
    cause ? { cause } : {},
  );
}
