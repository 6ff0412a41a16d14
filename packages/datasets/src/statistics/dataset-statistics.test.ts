import { expect, test } from 'vitest';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { memoryDataset } from '../memory/memory-dataset.ts';
import { datasetStatistics } from './dataset-statistics.ts';

const labels = Uint8Array.of(0, 1);
const shape = [1, 2, 2] as const;

test('bytes are measured a channel, divided by 255', async () => {
  const pixels = Uint8Array.of(0, 255, 51, 255, 102, 255, 51, 255);
  const statistics = await datasetStatistics(memoryDataset({ pixels, labels, shape }));
  expect(statistics).toEqual({
    samples: 2,
    classCounts: [1, 1],
    mean: [0.2, 1],
    std: [expect.closeTo(Math.sqrt(0.02), 12), 0],
    min: 0,
    max: 1,
  });
});

test('floats are measured as they are', async () => {
  const pixels = Float32Array.of(-1, 2, 1, 2, -1, 2, 1, 2);
  const statistics = await datasetStatistics(memoryDataset({ pixels, labels, shape }));
  expect(statistics).toMatchObject({ mean: [0, 2], std: [1, 0], min: -1, max: 2 });
});

test('a limit looks at the first samples', async () => {
  expect((await datasetStatistics(tinyDataset(9), { limit: 4 })).classCounts).toEqual([2, 1, 1]);
});

test('an empty data set has none', async () => {
  await expect(datasetStatistics(tinyDataset(0))).rejects.toMatchObject({ code: 'invalid-argument' });
});
