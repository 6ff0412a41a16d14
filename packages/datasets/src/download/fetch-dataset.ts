import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';
import { joinChunks, streamChunks } from '../bytes/chunks.ts';
import { gunzip, isGzip } from '../bytes/gunzip.ts';
import { tarMember } from '../bytes/tar-member.ts';
import { assembleSplit, type SplitOptions } from '../catalogue/assemble-split.ts';
import { type CatalogueArchive, type CatalogueEntry, catalogueEntry } from '../catalogue/catalogue.ts';
import { archivesOf, checkArchive } from '../catalogue/check-archive.ts';
import type { MemoryDataset } from '../memory/memory-dataset.ts';
import type { DownloadOptions } from './download-progress.ts';

/** Which split to fetch, and from where. */
export interface FetchDatasetOptions extends SplitOptions, DownloadOptions {}

/**
 * Opens a data set of the catalogue by name from the network, in memory: for browsers, whose cache keeps the files.
 * In Node, `openDataset` of `@cnn/datasets/node` keeps them on disk. Generated data sets need no network.
 *
 * @example
 * const train = await fetchDataset('mnist', { split: 'train', mirrors: ['/data/mnist/'] });
 * @throws CnnError `network` with every mirror and why it failed, `checksum-mismatch`, `invalid-file`, `aborted`.
 */
export async function fetchDataset(name: string, options: FetchDatasetOptions = {}): Promise<MemoryDataset> {
  const entry = catalogueEntry(name);
  const { split = 'train' } = options;
  const archives = await Promise.all(
    archivesOf(entry, split).map(async (archive) => ({
      archive,
      contents: await fetchArchive(entry, archive, options),
    })),
  );
  const parts = entry.parts[split].map(({ file }): NamedBytes => {
    const { archive, contents } = archives.find((candidate) => candidate.archive.parts.includes(file))!;
    return archive.parts.length > 1 ? tarMember(contents, file) : contents;
  });
  return assembleSplit(entry, parts, options);
}

async function fetchArchive(
  entry: CatalogueEntry,
  archive: CatalogueArchive,
  options: DownloadOptions,
): Promise<NamedBytes> {
  const failures: { url: string; reason: unknown }[] = [];
  for (const mirror of [...(options.mirrors ?? []), ...entry.mirrors]) {
    const url = `${mirror}${archive.file}`;
    try {
      const bytes = await fetchBytes(url, archive.file, options);
      await checkArchive(entry, archive, bytes, url);
      return { file: url, bytes: isGzip(bytes) ? await gunzip(bytes, { file: url }) : bytes };
    } catch (reason) {
      if (options.signal?.aborted) throw abortedDownload(archive.file, reason);
      failures.push({ url, reason });
    }
  }
  throw allMirrorsFailed(archive.file, failures);
}

async function fetchBytes(url: string, file: string, options: DownloadOptions): Promise<Uint8Array> {
  const response = await fetch(url, options.signal ? { signal: options.signal } : {});
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
  const length = Number(response.headers.get('content-length'));
  const totalBytes = length > 0 && !response.headers.get('content-encoding') ? length : null;
  const chunks: Uint8Array[] = [];
  let receivedBytes = 0;
  for await (const chunk of streamChunks(response.body)) {
    chunks.push(chunk);
    receivedBytes += chunk.byteLength;
    options.onProgress?.({ file, url, receivedBytes, totalBytes });
  }
  return joinChunks(chunks);
}

/** The error for a download that its caller stopped. */
export function abortedDownload(file: string, cause: unknown): CnnError {
  return new CnnError(
    'aborted',
    {
      where: `download of ${file}`,
      expected: 'to finish',
      received: 'an abort signal',
      remedy: 'Start it again: in Node it goes on where it stopped',
    },
    { cause },
  );
}

/** The error when no mirror gave the file: `checksum-mismatch` when all that answered gave other bytes. */
export function allMirrorsFailed(file: string, failures: readonly { url: string; reason: unknown }[]): CnnError {
  const mismatch = failures.some(({ reason }) => reason instanceof CnnError && reason.code === 'checksum-mismatch');
  const reasons = failures.map(({ url, reason }) => `${url}: ${reasonOf(reason)}`);
  return new CnnError(
    mismatch ? 'checksum-mismatch' : 'network',
    {
      where: `download of ${file}`,
      expected: 'one of its mirrors to serve it',
      received: reasons.join('; ') || 'no mirror to ask',
      remedy: 'Check the network, or fetch the file by hand and set CNN_DATA_DIR to its folder',
    },
    { cause: failures.at(-1)?.reason },
  );
}

function reasonOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  const cause = reason.cause instanceof Error ? ` (${reason.cause.message || reason.cause.name})` : '';
  return `${reason.message.replace(/\.$/, '')}${reason instanceof CnnError ? '' : cause}`;
}
