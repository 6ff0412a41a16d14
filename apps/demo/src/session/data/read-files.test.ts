import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataOptions, parseConfig } from '@cnn/cli/config';
import { CATALOGUE, syntheticDigits } from '@cnn/datasets';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../state/default-config.ts';
import type { GivenFile } from './given-file.ts';
import { readFiles } from './read-files.ts';
import { folderData, placeImages } from './read-images.ts';

const SETTINGS = { channels: 1, side: 28 } as const;

function given(path: string, bytes: Uint8Array | string, type = ''): GivenFile {
  return { path, file: new File([new Uint8Array(Buffer.from(bytes))], path.split('/').at(-1)!, { type }) };
}

function idx(values: Uint8Array, ...shape: number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x0800 + shape.length, 0);
  shape.forEach((side, i) => {
    header.writeUInt32BE(side, 4 + 4 * i);
  });
  return Buffer.concat([header, values]);
}

const digits = syntheticDigits({ count: 40 });
const images = idx(digits.pixels as Uint8Array, 40, 28, 28);
const labels = idx(digits.labels as Uint8Array, 40);
const read = (...files: GivenFile[]) => readFiles(files, SETTINGS);

describe('files that a person drops', () => {
  it('are a pair of IDX files whatever they are called, in any order, plain or gzipped', async () => {
    const { data, parts, remarks } = await read(
      given('b.gz', gzipSync(labels)),
      given('a', images),
      given('notes.txt', 'x'),
    );
    expect(data).toMatchObject({ name: 'idx', images: 'a', labels: 'b.gz', testImages: null });
    expect([parts.train.length, parts.test, parts.train.sampleShape]).toEqual([40, null, [28, 28, 1]]);
    expect(parts.train.pixels).toEqual(digits.pixels);
    expect(remarks).toEqual(['No test images: 20 % of the images are held back for the test.']);
  });

  it('are two pairs: the test part is called so, or is the smaller', async () => {
    const few = syntheticDigits({ count: 20, split: 'test' });
    const test = [idx(few.pixels as Uint8Array, 20, 28, 28), idx(few.labels as Uint8Array, 20)] as const;
    for (const name of ['t10k-', 'other-']) {
      const { data, parts } = await read(
        given(`${name}labels`, test[1]),
        given('train-labels', labels),
        given(`${name}images`, test[0]),
        given('train-images', images),
      );
      expect([parts.train.length, parts.test?.length]).toEqual([40, 20]);
      expect(data).toMatchObject({ images: 'train-images', testLabels: `${name}labels` });
    }
  });

  it('are CSV, with the label where its column says', async () => {
    const rows = ['a,b,c,d,label', '0,1,2,3,1', '4,5,6,7,0', '8,9,10,11,1', '1,1,1,1,0'];
    const { data, parts } = await read(given('x.csv', rows.join('\n')));
    expect(data).toMatchObject({ name: 'csv', path: 'x.csv', labelColumn: 'label' });
    expect([...parts.train.labels]).toEqual([1, 0, 1, 0]);
    expect(parts.train.sampleShape).toEqual([2, 2, 1]);
  });

  it.each<[string, GivenFile[], RegExp]>([
    ['nothing', [], /an empty folder/],
    ['something else', [given('song.mp3', Uint8Array.of(73, 68, 51, 3, 0))], /expected IDX files .*received song\.mp3/],
    ['images without labels', [given('a', images)], /^a: expected a file of labels for its 40 images, received none/],
    ['labels without images', [given('a', labels)], /^a: expected a file of images for its 40 labels/],
    [
      'the labels of other images',
      [given('a', images), given('b', idx(Uint8Array.of(1, 2), 2))],
      /^b: expected 40 labels, one for each image in a, received 2\. Pair the images with the labels of the same split/,
    ],
    [
      'a file cut short',
      [given('a', images.subarray(0, 900)), given('b', labels)],
      /^a: expected 31376 bytes .*cut short/,
    ],
    [
      'more than fits, before it is read',
      [given('a', idx(new Uint8Array(4), 9_000_000, 28, 28)), given('b', labels)],
      /^a: expected at most 512 MB of pixels, received 6,729 MB/,
    ],
    [
      'a single class',
      [given('a', idx(new Uint8Array(8), 2, 2, 2)), given('b', idx(Uint8Array.of(0, 0), 2))],
      /expected images of at least two classes, two or more each, received 2 images of 1 class \(0\)\. Add images of another/,
    ],
    ['an image in no folder', [given('cat.png', 'x', 'image/png')], /received cat\.png in no folder.*drawing canvas/],
  ])('are refused with the reason: %s', async (_what, files, message) => {
    await expect(read(...files)).rejects.toThrow(message);
  });
});

it('every data set has a configuration that cnn-cli understands as it is', async () => {
  const idxFiles = await read(given('a', images), given('b', labels));
  const csv = await read(given('x.csv', '0,1,2,3,4\n1,5,6,7,8\n0,1,1,1,1\n1,2,2,2,2'));
  const folder = folderData('pets', { hasTest: false, channels: 3, side: 28 });
  for (const own of [idxFiles.data, csv.data, folder, { name: 'fashion-mnist' }]) {
    const data = { ...dataOptions(DEFAULT_CONFIG.data), ...own };
    const { config } = parseConfig({ text: JSON.stringify({ model: 'mlp', data }) });
    expect(config.data).toEqual(data);
  }
});

it('images have the class of their folder, and their part', () => {
  const files = ['pets/train/cats/1.png', 'pets/train/dogs/2.png', 'pets/test/cats/3.png'].map((path) =>
    given(path, '', 'image/png'),
  );
  expect(placeImages(files).map(({ className, part }) => `${part} ${className}`)).toEqual([
    'train cats',
    'train dogs',
    'test cats',
  ]);
});

const folder = process.env.CNN_DATA_DIR;
if (!folder) console.log('Skipped: reading the real MNIST files needs CNN_DATA_DIR.');

it.skipIf(!folder)("MNIST's own files are known for what they are", async () => {
  const archives = CATALOGUE.find(({ name }) => name === 'mnist')!.archives;
  const files = archives.map(({ file }) => {
    const path = join(folder!, 'mnist', file);
    if (!existsSync(path)) throw new Error(`CNN_DATA_DIR is set, but there is no ${path}`);
    return given(file, readFileSync(path));
  });
  const { data, parts, remarks } = await readFiles(files, SETTINGS);
  expect(data).toEqual({ name: 'mnist' });
  expect([parts.train.length, parts.test?.length]).toEqual([60_000, 10_000]);
  expect(remarks).toEqual([]);
  const half = await readFiles(files.slice(0, 2), SETTINGS);
  expect(half.data).toMatchObject({ name: 'idx', images: 'train-images-idx3-ubyte.gz', testImages: null });
});
