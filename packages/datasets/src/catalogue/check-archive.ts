import { CnnError } from '@cnn/core';
import { gunzip, isGzip } from '../bytes/gunzip.ts';
import { md5 } from '../bytes/md5.ts';
import type { CatalogueArchive, CatalogueEntry } from './catalogue.ts';

/**
 * Checks a downloaded archive: it is good when its own checksum is the published one, or when that of its contents is,
 * since mirrors wrap the same contents in other gzip streams.
 *
 * @throws CnnError `checksum-mismatch` with both sums; `invalid-file` when it is cut short.
 */
export async function checkArchive(
  entry: CatalogueEntry,
  archive: CatalogueArchive,
  bytes: Uint8Array,
  where: string,
): Promise<void> {
  const sum = md5(bytes);
  if (sum === archive.md5) return;
  const contents = contentsSum(entry, archive);
  let received = `${sum} (${bytes.byteLength} bytes)`;
  if (contents !== null) {
    const contentsReceived = md5(isGzip(bytes) ? await gunzip(bytes, { file: where }) : bytes);
    if (contentsReceived === contents) return;
    received += `, with contents of MD5 ${contentsReceived}`;
  }
  throw new CnnError('checksum-mismatch', {
    where,
    expected: `MD5 ${archive.md5}${contents === null ? '' : `, or contents of MD5 ${contents}`}`,
    received,
    remedy: `Delete the file and run \`cnn-cli data download ${entry.name}\``,
  });
}

/** MD5 of the contents of an archive that holds one part; `null` where it is unknown or the archive holds several. */
function contentsSum(entry: CatalogueEntry, archive: CatalogueArchive): string | null {
  if (archive.parts.length !== 1) return null;
  const parts = [...entry.parts.train, ...entry.parts.test];
  return parts.find(({ file }) => file === archive.parts[0])?.md5 ?? null;
}

/** The archives that have the parts of a split, or of both. */
export function archivesOf(entry: CatalogueEntry, split?: 'train' | 'test'): CatalogueArchive[] {
  const splits = split ? [split] : (['train', 'test'] as const);
  const files = splits.flatMap((name) => entry.parts[name].map(({ file }) => file));
  return entry.archives.filter(({ parts }) => parts.some((part) => files.includes(part)));
}
