import { copyFile, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fileServer } from '../../test/file-server.ts';
import { idxBytes } from '../../test/idx-bytes.ts';
import { realData } from '../../test/real-data.ts';
import { tarBytes } from '../../test/tar-bytes.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { datasetStatistics } from '../statistics/dataset-statistics.ts';
import { downloadDataset } from './download-dataset.ts';
import { openDataset } from './open-dataset.ts';
import { verifyDataset } from './verify-dataset.ts';

const mnist = realData('mnist');
afterEach(() => vi.unstubAllEnvs());

describe.skipIf(!mnist)('the real MNIST', () => {
  const folder = mnist ?? '';

  test('60,000 images are loaded in under a second', async () => {
    await openDataset('mnist', { searchPaths: [join(folder, '..')], split: 'test' });
    let best = Infinity;
    for (let attempt = 0; attempt < 3; attempt++) {
      const start = performance.now();
      const train = await openDataset('mnist', { searchPaths: [join(folder, '..')] });
      best = Math.min(best, performance.now() - start);
      expect(train.length).toBe(60_000);
      expect(train.pixels).toBeInstanceOf(Uint8Array);
    }
    console.log(`MNIST: 60,000 images in ${best.toFixed(0)} ms (best of 3)`);
    expect(best).toBeLessThan(1000);
  });

  test('has the mean and deviation that everybody normalizes with', async () => {
    const train = await openDataset('mnist', { searchPaths: [join(folder, '..')] });
    const { mean, std, classCounts, min, max } = await datasetStatistics(train);
    expect([mean[0]!.toFixed(4), std[0]!.toFixed(4), min, max]).toEqual(['0.1307', '0.3081', 0, 1]);
    expect(classCounts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  });

  test('is found through CNN_DATA_DIR', async () => {
    vi.stubEnv('CNN_DATA_DIR', join(folder, '..'));
    const root = await temporaryFolder();
    expect((await openDataset('mnist', { root, split: 'test' })).length).toBe(10_000);
  });

  test.each(['mnist', 'MNIST/raw', '.'])('is found in %s below a root, plain or gzipped', async (below) => {
    vi.stubEnv('CNN_DATA_DIR', undefined);
    const root = await temporaryFolder();
    await mkdir(join(root, below), { recursive: true });
    const images = await readFile(join(folder, 't10k-images-idx3-ubyte.gz'));
    await writeFiles(join(root, below), { 't10k-images-idx3-ubyte': gunzipSync(images) });
    await copyFile(join(folder, 't10k-labels-idx1-ubyte.gz'), join(root, below, 't10k-labels-idx1-ubyte.gz'));
    const test = await openDataset('mnist', { root, split: 'test' });
    expect(test.get(0).label).toBe(7);
  });

  test('does not pass for another set of the same file names', async () => {
    const root = await temporaryFolder();
    await symlink(folder, join(root, 'fashion-mnist'));
    await expect(openDataset('fashion-mnist', { root, split: 'test' })).rejects.toMatchObject({
      code: 'checksum-mismatch',
      message: expect.stringContaining('expected the t10k-labels-idx1-ubyte of fashion-mnist, whose contents have MD5'),
    });
  });

  test('verifies, in whatever gzip wrapping', async () => {
    const verdicts = await verifyDataset('mnist', { searchPaths: [join(folder, '..')] });
    expect(verdicts.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test('is downloaded from a mirror, checked, and not fetched twice', async () => {
    vi.stubEnv('CNN_DATA_DIR', undefined);
    const names = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];
    const files = await Promise.all(names.map(async (name) => [name, { bytes: await readFile(join(folder, name)) }]));
    const { url, requests } = await fileServer(Object.fromEntries(files));
    const root = await temporaryFolder();
    const paths = await downloadDataset('mnist', { root, split: 'test', mirrors: [url] });
    expect(paths).toEqual(names.map((name) => join(root, 'mnist', name)));
    await downloadDataset('mnist', { root, split: 'test', mirrors: [url] });
    expect(requests).toEqual(names);
    const opened = await openDataset('mnist', { root, split: 'test', download: true });
    expect(opened.length).toBe(10_000);
  });
});

test('what is missing names every place and how to get it', async () => {
  vi.stubEnv('CNN_DATA_DIR', '/nowhere');
  await expect(openDataset('mnist', { root: '/no/data', searchPaths: ['/elsewhere'] })).rejects.toMatchObject({
    code: 'missing-file',
    message:
      'data set mnist: expected train-images-idx3-ubyte, plain or gzipped, in one of /no/data/mnist, /no/data/MNIST/raw, ' +
      '/no/data/MNIST, /no/data, /elsewhere/mnist, /elsewhere/MNIST/raw, /elsewhere/MNIST, /elsewhere, /nowhere/mnist, ' +
      '/nowhere/MNIST/raw, /nowhere/MNIST, /nowhere, received no such file. Run `cnn-cli data download mnist`, ' +
      'or set CNN_DATA_DIR to a folder that has mnist/train-images-idx3-ubyte.gz.',
  });
});

test('without files and without a network it says both', async () => {
  vi.stubEnv('CNN_DATA_DIR', undefined);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
  try {
    const root = await temporaryFolder();
    await expect(openDataset('kmnist', { root, download: true })).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringMatching(
        /no such file, and its download failed \(download of train-images-idx3-ubyte.gz: .*fetch failed/,
      ),
    });
  } finally {
    vi.unstubAllGlobals();
  }
});

test('files of another size than the catalogue says are refused', async () => {
  vi.stubEnv('CNN_DATA_DIR', undefined);
  const root = await temporaryFolder();
  await writeFiles(join(root, 'kmnist'), {
    'train-images-idx3-ubyte.gz': gzipSync(idxBytes([2, 28, 28])),
    'train-labels-idx1-ubyte': idxBytes([2]),
  });
  await expect(openDataset('kmnist', { root })).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringContaining(
      'expected the 60000 images of 28 × 28 × 1 of kmnist (train), received 2 of 28 × 28 × 1.',
    ),
  });
});

test('a gzipped file that is cut short is named', async () => {
  vi.stubEnv('CNN_DATA_DIR', undefined);
  const root = await temporaryFolder();
  await writeFiles(join(root, 'kmnist'), {
    'train-images-idx3-ubyte.gz': gzipSync(idxBytes([2, 28, 28])).subarray(0, 100),
    'train-labels-idx1-ubyte': idxBytes([2]),
  });
  await expect(openDataset('kmnist', { root })).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringContaining('train-images-idx3-ubyte.gz: expected a complete gzip stream, received 100 bytes'),
  });
});

test('CIFAR-10 is read from its archive or from the extracted files', async () => {
  vi.stubEnv('CNN_DATA_DIR', undefined);
  const root = await temporaryFolder();
  const batch = new Uint8Array(3073 * 10_000);
  for (let record = 0; record < 10_000; record++) batch[record * 3073] = record % 10;
  const archive = gzipSync(tarBytes([['cifar-10-batches-bin/test_batch.bin', batch]]), { level: 1 });
  await writeFiles(root, { 'cifar10/cifar-10-binary.tar.gz': archive });
  const packed = await openDataset('cifar10', { root, split: 'test' });
  expect([packed.length, packed.get(13).label, packed.sampleShape]).toEqual([10_000, 3, [32, 32, 3]]);
  await expect(openDataset('cifar10', { root })).rejects.toThrow('expected a tar archive with data_batch_1.bin');
  const other = await temporaryFolder();
  await writeFiles(other, { 'cifar-10-batches-bin/test_batch.bin': batch });
  expect((await openDataset('cifar10', { root: other, split: 'test' })).length).toBe(10_000);
  const verdicts = await verifyDataset('cifar10', { root: other });
  expect(verdicts.map(({ status }) => status)).toEqual([...Array(5).fill('missing'), 'unchecked']);
  const archived = await verifyDataset('cifar10', { root });
  expect(archived.at(-1)).toMatchObject({
    status: 'damaged',
    detail: expect.stringContaining('expected MD5 c32a1d4ab5d03f1284b67883e8d87530'),
  });
});

test('generated digits need no file, and cannot be downloaded', async () => {
  const digits = await openDataset('synthetic-digits', { split: 'test', count: 30, seed: 4 });
  expect(digits.length).toBe(30);
  await expect(downloadDataset('synthetic-digits', { root: '/nowhere' })).rejects.toMatchObject({
    code: 'invalid-argument',
  });
});

test('a name that the catalogue has not lists those that it has', async () => {
  await expect(openDataset('imagenet')).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(
      "expected one of mnist, fashion-mnist, kmnist, cifar10, synthetic-digits, received 'imagenet'.",
    ),
  });
});
