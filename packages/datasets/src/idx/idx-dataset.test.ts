import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { idxBytes } from '../../test/idx-bytes.ts';
import { idxDataset } from './idx-dataset.ts';

const images = idxBytes([3, 2, 2]);
const labels = idxBytes([3], [2, 0, 1]);

test.each([
  ['bytes', images, labels],
  ['array buffers', images.buffer, labels.buffer],
  ['gzipped bytes', new Uint8Array(gzipSync(images)), new Uint8Array(gzipSync(labels))],
  ['blobs', new Blob([images]), new Blob([new Uint8Array(gzipSync(labels))])],
  ['streams', new Blob([images]).stream(), new Blob([labels]).stream()],
  ['named bytes', { file: 'a', bytes: images }, { file: 'b', bytes: labels }],
])('reads %s', async (_kind, imageSource, labelSource) => {
  const dataset = await idxDataset({ images: imageSource, labels: labelSource, name: 'tiny' });
  expect(dataset.length).toBe(3);
  expect(dataset.sampleShape).toEqual([2, 2, 1]);
  expect(dataset.classNames).toEqual(['0', '1', '2']);
  expect(dataset.get(1)).toEqual({ pixels: Uint8Array.of(4, 5, 6, 7), shape: [2, 2, 1], label: 0 });
});

test('as many labels as images are needed', async () => {
  const promise = idxDataset({ images: { file: 'i', bytes: images }, labels: { file: 'l', bytes: idxBytes([2]) } });
  await expect(promise).rejects.toMatchObject({
    code: 'invalid-file',
    message:
      'l: expected 3 labels, one for each image in i, received 2. Pair the images with the labels of the same split.',
  });
});

test('a label outside the classes is named with its position', async () => {
  const promise = idxDataset({ images, labels: { file: 'l', bytes: labels }, classNames: ['a', 'b'] });
  await expect(promise).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringContaining('l, label 0: expected a class index 0..1, received 2.'),
  });
});

test.each([1, 10, 30])('gzip cut short after %i bytes is named', async (length) => {
  const cut = new Uint8Array(gzipSync(idxBytes([3, 28, 28])).subarray(0, length + 2));
  const promise = idxDataset({ images: { file: 'train.gz', bytes: cut }, labels });
  await expect(promise).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringMatching(
      new RegExp(
        `^train.gz: expected a complete gzip stream, received ${length + 2} bytes that are cut short or damaged`,
      ),
    ),
  });
});

test('a gzip stream with a flipped bit is named', async () => {
  const damaged = new Uint8Array(gzipSync(idxBytes([3, 28, 28])));
  damaged[damaged.length - 6]! ^= 1; // its checksum
  await expect(idxDataset({ images: damaged, labels })).rejects.toMatchObject({ code: 'invalid-file' });
});

test('a source that breaks is an io error', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('unplugged')) });
  await expect(idxDataset({ images: broken, labels })).rejects.toMatchObject({ code: 'io' });
});
