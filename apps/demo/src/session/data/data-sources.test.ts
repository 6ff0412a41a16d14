import { memoryDataset } from '@cnn/datasets';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../state/default-config.ts';
import { dataKey } from './data-key.ts';
import { DataShelf } from './data-shelf.ts';
import { DataSources } from './data-sources.ts';

const images = memoryDataset({
  pixels: new Uint8Array(10 * 4),
  labels: Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
  shape: [2, 2, 1],
});
const IDX = { ...DEFAULT_CONFIG.data, name: 'idx', images: 'a', labels: 'b', testImages: null, testLabels: null };
const FOLDER = { ...DEFAULT_CONFIG.data, name: 'image-folder', path: 'pets', testFraction: 0.2 };

describe('data sources', () => {
  it('draw the digits that the configuration counts', async () => {
    const data = { ...DEFAULT_CONFIG.data, trainCount: 20, testCount: 10 };
    const { train, test } = await new DataSources().open({ ...DEFAULT_CONFIG, data });
    expect([train.length, test?.length]).toEqual([20, 10]);
  });

  it('give back what they were given to hold, whatever the batch size is now', async () => {
    const sources = new DataSources();
    expect(await sources.hold(IDX, { train: images, test: null })).toBe(false); // Node has no cache storage.
    const { train, test } = await sources.open({ ...DEFAULT_CONFIG, data: { ...IDX, batchSize: 5 } });
    expect([train, test]).toEqual([images, null]);
    expect(await sources.find({ ...IDX, images: 'c' })).toBeUndefined();
  });

  it('hold a part of a folder back for the test, the same for the same seed', async () => {
    const sources = new DataSources();
    await sources.hold(FOLDER, { train: images, test: null });
    const { train, test } = await sources.open({ ...DEFAULT_CONFIG, data: FOLDER });
    expect([train.length, test?.length]).toEqual([8, 2]);
  });

  it('say which files a shared configuration needs', async () => {
    await expect(new DataSources().open({ ...DEFAULT_CONFIG, data: IDX })).rejects.toThrow(
      'data idx: expected the files a, b, received a page that was never given them. Drop them on the page.',
    );
  });

  it('take refused storage for an empty shelf', async () => {
    const refusing = { open: () => Promise.reject(new DOMException('no', 'SecurityError')) };
    const shelf = new DataShelf(refusing as Partial<CacheStorage> as CacheStorage);
    expect(await shelf.put('x', { train: images, test: null })).toBe(false);
    expect(await shelf.get('x')).toBeUndefined();
  });
});

it('a key tells data sets apart, not how they are read', () => {
  expect(dataKey(IDX)).toBe(dataKey({ ...IDX, batchSize: 1, augment: [{ 'random-rotation': { degrees: 10 } }] }));
  expect(dataKey(IDX)).not.toBe(dataKey({ ...IDX, labels: 'c' }));
});
