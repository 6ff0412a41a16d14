import { CATALOGUE, type DownloadProgress, fetchDataset } from '@cnn/datasets';
import { checkPixelBytes } from './data-limits.ts';
import type { ReadData } from './read-data.ts';

/** A data set that can be downloaded when the person asks for it. */
export interface PublishedData {
  readonly name: string;
  readonly title: string;
  /** Whom the browser would ask, in this order. */
  readonly hosts: readonly string[];
  readonly files: readonly string[];
  readonly images: number;
  readonly licence: string;
  readonly homepage: string;
}

/** Those that fit into a page: grey images of 28 × 28. */
export function publishedData(): PublishedData[] {
  return CATALOGUE.filter(({ format, sampleShape }) => format === 'idx' && sampleShape[0] === 28).map(
    ({ name, title, mirrors, archives, counts, licence, homepage }) => ({
      name,
      title,
      hosts: [...new Set(mirrors.filter(isSecure).map((mirror) => new URL(mirror).host))],
      files: archives.map(({ file }) => file),
      images: counts.train + counts.test,
      licence,
      homepage,
    }),
  );
}

/** Fetches both parts. @throws CnnError `network` with every host and why it failed, `checksum-mismatch`, `aborted`. */
export async function downloadData(
  name: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: DownloadProgress) => void },
): Promise<ReadData> {
  const part = (split: 'train' | 'test') => fetchDataset(name, { split, signal, onProgress });
  const train = await part('train');
  checkPixelBytes(name, train.pixels.length);
  return { data: { name }, parts: { train, test: await part('test') }, remarks: [] };
}

function isSecure(mirror: string): boolean {
  return mirror.startsWith('https:');
}
