import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileServer } from '../../test/file-server.ts';
import { realData } from '../../test/real-data.ts';
import { fetchDataset } from './fetch-dataset.ts';

const mnist = realData('mnist');

test.skipIf(!mnist)('the test images of MNIST are fetched, checked and read in memory', async () => {
  const names = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];
  const files = await Promise.all(
    names.map(async (name) => [name, { bytes: new Uint8Array(await readFile(join(mnist ?? '', name))) }] as const),
  );
  const { url } = await fileServer(Object.fromEntries(files));
  const progress = new Map<string, number>();
  const dataset = await fetchDataset('mnist', {
    split: 'test',
    mirrors: [url],
    onProgress: ({ file, receivedBytes, totalBytes }) => progress.set(file, receivedBytes / (totalBytes ?? 0)),
  });
  expect(dataset.length).toBe(10_000);
  expect([...progress.values()]).toEqual([1, 1]);
});

test('generated digits need no network', async () => {
  expect((await fetchDataset('synthetic-digits', { split: 'test', count: 10 })).length).toBe(10);
});

test('an abort is told as such', async () => {
  const { url } = await fileServer({});
  const promise = fetchDataset('mnist', { mirrors: [url], signal: AbortSignal.abort() });
  await expect(promise).rejects.toMatchObject({ code: 'aborted' });
});
