import { Generator } from '@cnn/core';
import {
  centerDigit,
  csvDataset,
  DataLoader,
  decodeBlob,
  fetchDataset,
  idxDataset,
  imageFilesDataset,
  normalize,
  syntheticDigits,
} from '../../src/index.ts';

/** What the browser reports: compared with Node by `main-entry.test.ts`. */
export interface BrowserReport {
  readonly digits: string;
  readonly firstBatch: string;
  readonly idx: string;
  readonly csv: string;
  readonly truncated: string;
  readonly decoded: string;
  readonly folder: string;
  readonly broken: string;
  readonly centred: string;
  readonly fetched: string;
}

/** Runs the main entry as a page does: bytes from blobs, fetches and the browser's own image decoders. */
export async function browserReport(
  gzippedIdx: Uint8Array<ArrayBuffer>,
  png: Uint8Array<ArrayBuffer>,
): Promise<BrowserReport> {
  const digits = syntheticDigits({ count: 200 });
  const transforms = [normalize({ mean: [0.1307], std: [0.3081] })];
  const loader = new DataLoader(digits, { batchSize: 8, shuffle: true, generator: new Generator(1), transforms });
  const first = (await loader[Symbol.asyncIterator]().next()).value;
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0);
  const idx = await idxDataset({ images: new Blob([gzippedIdx]), labels: new Blob([labels]) });
  const csv = await csvDataset(new File(['label,ink\n1,2\n0,4\n'], 'tiny.csv'));
  const cut = new File([gzippedIdx.subarray(0, 30)], 'cut.gz');
  const picture = new File([png], '3.png', { type: 'image/png' });
  const { pixels, shape } = await decodeBlob(picture);
  const folder = imageFilesDataset([picture], { classOf: () => 'three', channels: 1 });
  return {
    digits: await sha256(digits.pixels),
    firstBatch: first ? await sha256(first.inputs.data) : 'none',
    idx: `${idx.length} ${idx.sampleShape} ${idx.get(1).pixels} ${idx.get(0).label}`,
    csv: `${csv.name} ${csv.pixels} ${csv.labels}`,
    truncated: await messageOf(idxDataset({ images: cut, labels })),
    decoded: `${shape} ${pixels.subarray(0, 8)}`,
    folder: `${folder.classNames} ${(await folder.get(0)).shape}`,
    broken: await messageOf(decodeBlob(new File(['no image'], 'broken.png'))),
    centred: await sha256(centerDigit({ pixels: digits.get(7).pixels, shape: [28, 28, 1] }).pixels),
    fetched: `${(await fetchDataset('synthetic-digits', { count: 3 })).length}`,
  };
}

async function sha256(values: Uint8Array | Float32Array): Promise<string> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof Error ? error.message.replace(/ \(.*\)/, '') : String(error)),
  );
}
