import { Generator } from '@cnn/core';
import { DataLoader, memoryDataset } from '@cnn/datasets';
import { expect, test } from 'vitest';
import { LiveData } from './live-data.ts';

const dataset = memoryDataset({
  pixels: Uint8Array.from({ length: 10 }, (_, i) => i * 10),
  labels: new Uint8Array(10),
  shape: [1, 1, 1],
});
const loader = (batchSize: number, seed: number): DataLoader =>
  new DataLoader(dataset, { batchSize, shuffle: true, generator: new Generator(seed) });

const live = (batchSize: number, seed: number): LiveData =>
  new LiveData(loader(batchSize, seed), (size) => loader(size, seed));

async function walk(data: LiveData, during: (batch: number) => void = () => undefined): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const { indices } of data) {
    seen.push([...indices]);
    during(seen.length);
  }
  return seen;
}

test('a loader with the same batches takes over after the batch in hand: no image is seen twice', async () => {
  const expected = await walk(live(3, 1));
  const data = live(3, 1);
  const other = loader(3, 99);
  const seen = await walk(data, (batch) => batch === 2 && data.exchange(other));
  expect(seen).toEqual(expected);
  expect(data.loader).toBe(other);
});

test('another batch size begins with the next epoch, whose number goes on', async () => {
  const data = live(3, 1);
  const seen = await walk(data, (batch) => batch === 1 && data.exchange(loader(5, 2)));
  expect(seen.map(({ length }) => length)).toEqual([3, 3, 3, 1]);
  const next = await walk(data);
  expect(next.map(({ length }) => length)).toEqual([5, 5]);
  expect(data.state().epoch).toBe(2);
});

test('its position is that of the loader, in the middle of an epoch too', async () => {
  const whole = await walk(live(4, 3));
  const data = live(4, 3);
  let state = data.state();
  for await (const _batch of data) {
    state = data.state();
    break;
  }
  const resumed = live(4, 77);
  resumed.restore(state);
  expect(await walk(resumed)).toEqual(whole.slice(1));
});

test('an epoch that began with another batch size is gone on with where it was, and ends with that', async () => {
  const expected = await walk(live(3, 1));
  const data = live(3, 1);
  const stopped: number[][] = [];
  for await (const { indices } of data) {
    data.exchange(loader(5, 1));
    stopped.push([...indices]);
    if (stopped.length === 2) break;
  }
  const again = live(5, 1);
  again.restore({ ...data.state(), position: 2 });
  expect([...stopped, ...(await walk(again))]).toEqual(expected);
  expect((await walk(again)).map(({ length }) => length)).toEqual([5, 5]);
});
