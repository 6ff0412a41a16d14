import { memoryDataset, randomAffine, splitDataset, syntheticDigits } from '@cnn/datasets';
import { expect, it } from 'vitest';
import { dataCard } from './data-card.ts';
import { seenBatch } from './seen-batch.ts';

it('a card counts the classes of both parts and measures the pixels', async () => {
  const pixels = Uint8Array.from({ length: 6 * 4 }, (_, i) => (i < 12 ? 0 : 255));
  const dataset = memoryDataset({
    pixels,
    labels: Uint8Array.of(0, 1, 0, 1, 1, 1),
    shape: [2, 2, 1],
    classNames: ['a', 'b'],
  });
  const card = await dataCard({ train: dataset, test: syntheticDigits({ count: 20 }), sampleShape: [2, 2, 1] });
  expect(card).toMatchObject({
    classNames: ['a', 'b'],
    train: { count: 6, classCounts: [2, 4] },
    test: { count: 20, classCounts: Array(10).fill(2) },
    mean: [0.5],
    std: [0.5],
  });
  // Eight places a class: two images of `a`, then black; four of `b`.
  expect([...card.samples.subarray(0, 12)]).toEqual([...pixels.subarray(0, 4), ...pixels.subarray(8, 12), 0, 0, 0, 0]);
  expect([...card.samples.subarray(32, 36)]).toEqual([...pixels.subarray(4, 8)]);
});

it('a card reads a part that is held back', async () => {
  const { train, validation } = splitDataset(syntheticDigits({ count: 100 }), 0.2, { seed: 0 });
  const card = await dataCard({ train, test: validation, sampleShape: [28, 28, 1] });
  expect([card.train.count, card.test.count]).toEqual([80, 20]);
});

it('the batch that is seen shows the same images at each draw, turned in other ways', async () => {
  const train = syntheticDigits({ count: 200 });
  const options = { transforms: [], augment: [randomAffine({ degrees: 20 })], seed: 0 };
  const [first, again, other, plain] = await Promise.all([
    seenBatch(train, { ...options, draw: 0 }),
    seenBatch(train, { ...options, draw: 0 }),
    seenBatch(train, { ...options, draw: 1 }),
    seenBatch(train, { ...options, augment: [], draw: 1 }),
  ]);
  expect(again).toEqual(first);
  expect(other.labels).toEqual(first.labels);
  expect(other.images).not.toEqual(first.images);
  expect(plain.images).not.toEqual(other.images);
  expect(first.shape).toEqual([28, 28, 1]);
  expect(new Set(first.labels).size).toBeGreaterThan(5);
});
