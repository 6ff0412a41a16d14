import { createHash } from 'node:crypto';
import { type Batch, type Dataset, Generator } from '@cnn/core';
import { describe, expect, test } from 'vitest';
import { fixture } from '../../test/fixture.ts';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { memoryDataset } from '../memory/memory-dataset.ts';
import { normalize } from '../transforms/normalize.ts';
import { pad } from '../transforms/pad.ts';
import { randomAffine } from '../transforms/random-affine.ts';
import { randomCrop } from '../transforms/random-crop.ts';
import { randomHorizontalFlip } from '../transforms/random-flip.ts';
import { resize } from '../transforms/resize.ts';
import { DataLoader, type DataLoaderOptions } from './data-loader.ts';

async function epoch(loader: DataLoader): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
}

const visited = (batches: readonly Batch[]): number[] => batches.flatMap(({ indices }) => Array.from(indices));

/** The same samples, each after a turn of the event loop, later ones sooner. */
function slow(dataset: Dataset): Dataset {
  return {
    ...dataset,
    get: (index) => new Promise((resolve) => setTimeout(() => resolve(dataset.get(index)), 3 - (index % 4))),
  };
}

describe('the order of visits', () => {
  interface Recorded {
    readonly seed: number;
    readonly samples: number;
    readonly batchSize: number;
    readonly parameters: number;
    readonly firstBatch: readonly number[];
    readonly firstIndices: readonly (readonly number[])[];
    readonly sha256: readonly string[];
  }

  test.each(fixture<Recorded[]>('loader-order.json'))(
    "is PyTorch's for seed $seed and $samples samples after $parameters draws",
    async ({ seed, samples, batchSize, parameters, firstBatch, firstIndices, sha256 }) => {
      const pixels = new Uint8Array(samples);
      const dataset = memoryDataset({ pixels, labels: new Uint8Array(samples), shape: [1, 1, 1] });
      const generator = new Generator(seed);
      generator.uniform(parameters); // what the model's initialisation draws
      const loader = new DataLoader(dataset, { batchSize, shuffle: true, generator });
      for (const [i, expected] of firstIndices.entries()) {
        const batches = await epoch(loader);
        if (i === 0) expect(Array.from(batches[0]!.indices)).toEqual(firstBatch);
        const order = visited(batches);
        expect(order.slice(0, expected.length)).toEqual(expected);
        expect(createHash('sha256').update(Int32Array.from(order)).digest('hex')).toBe(sha256[i]);
      }
    },
  );

  test('an unshuffled loader goes through in order and draws nothing', async () => {
    const generator = new Generator(0);
    const loader = new DataLoader(tinyDataset(5), { batchSize: 2, generator });
    expect(visited(await epoch(loader))).toEqual([0, 1, 2, 3, 4]);
    expect(generator.state()).toEqual(new Generator(0).state());
  });

  test('an epoch draws when it starts, not when it is made', async () => {
    const generator = new Generator(0);
    const loader = new DataLoader(tinyDataset(5), { batchSize: 2, shuffle: true, generator });
    expect(generator.state()).toEqual(new Generator(0).state());
    await epoch(loader);
    const expected = new Generator(0);
    expected.int63();
    expected.int63();
    expect(generator.state()).toEqual(expected.state());
  });
});

describe('batches', () => {
  test('the last one is shorter, or left out', async () => {
    const sizes = async (dropLast: boolean) => {
      const loader = new DataLoader(tinyDataset(7), { batchSize: 3, dropLast });
      const batches = await epoch(loader);
      expect(batches.length).toBe(loader.length);
      return batches.map(({ size }) => size);
    };
    expect(await sizes(false)).toEqual([3, 3, 1]);
    expect(await sizes(true)).toEqual([3, 3]);
  });

  test('have shapes, labels and indices', async () => {
    const [batch] = await epoch(new DataLoader(tinyDataset(3), { batchSize: 8, transforms: [pad({ padding: 1 })] }));
    expect(batch!.inputs.shape).toEqual([3, 4, 4, 1]);
    expect(batch!.targets).toEqual({ data: Int32Array.of(0, 1, 2), shape: [3] });
    expect(batch!.indices).toEqual(Int32Array.of(0, 1, 2));
    expect(batch!.inputs.data[2 * 16 + 5]).toBe(Math.fround(2 / 255));
  });

  test('bytes are divided by 255 when no transform does', async () => {
    const dataset = memoryDataset({ pixels: Uint8Array.of(0, 51, 255), labels: new Uint8Array(1), shape: [1, 1, 3] });
    const [batch] = await epoch(new DataLoader(dataset, { batchSize: 1 }));
    expect(Array.from(batch!.inputs.data)).toEqual([0, Math.fround(0.2), 1]);
  });

  test('an empty data set gives none', async () => {
    const loader = new DataLoader(tinyDataset(0), { batchSize: 3, shuffle: true });
    expect(loader.length).toBe(0);
    expect(await epoch(loader)).toEqual([]);
  });

  test('the table of pointwise transforms gives what the transforms give', async () => {
    const pixels = Uint8Array.from({ length: 256 * 3 }, (_, i) => (i * 7) % 256);
    const dataset = memoryDataset({ pixels, labels: new Uint8Array(1), shape: [16, 16, 3] });
    const chain = normalize({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
    const [fast] = await epoch(new DataLoader(dataset, { batchSize: 1, transforms: [chain] }));
    const [plain] = await epoch(new DataLoader(dataset, { batchSize: 1, transforms: [pad({ padding: 0 }), chain] }));
    expect(fast!.inputs).toEqual(plain!.inputs);
  });

  test('images of different shapes in a batch are named', async () => {
    const uneven: Dataset = {
      ...tinyDataset(3),
      sampleShape: null,
      get: (index) => ({ pixels: new Uint8Array(index + 1), shape: [1, index + 1, 1], label: 0 }),
    };
    await expect(epoch(new DataLoader(uneven, { batchSize: 3 }))).rejects.toMatchObject({
      code: 'invalid-shape',
      message: expect.stringContaining(
        'tiny, sample 1: expected an image of [1, 1, 1], as the others of its batch, received [1, 2, 1].',
      ),
    });
    await expect(new DataLoader(uneven, { batchSize: 3 }).readSampleShape()).rejects.toThrow(
      'tiny, sample 1: expected [1, 1, 1] after all transforms, as sample 0, received [1, 2, 1].',
    );
    const even = new DataLoader(uneven, { batchSize: 3, transforms: [resize({ size: [4, 4] })] });
    expect((await epoch(even))[0]!.inputs.shape).toEqual([3, 4, 4, 1]);
    expect(even.sampleShape).toBeNull();
    expect(await even.readSampleShape()).toEqual([4, 4, 1]);
  });

  test.each([
    [{ batchSize: 0 }, 'DataLoader.batchSize: expected an integer of at least 1, received 0.'],
    [{ batchSize: 1.5 }, 'DataLoader.batchSize'],
    [{ batchSize: 1, prefetch: -1 }, 'DataLoader.prefetch: expected an integer of at least 0, received -1.'],
    [{ batchSize: 1, transforms: [randomCrop({ size: 3 })] }, 'random-crop: expected an image of at least 3 × 3'],
  ])('what cannot work is refused before the first batch', (options: DataLoaderOptions, message) => {
    expect(() => new DataLoader(tinyDataset(3), options)).toThrow(message);
  });
});

describe('asynchronous data sets', () => {
  test('give the same batches as synchronous ones, whatever is read ahead', async () => {
    const options = {
      batchSize: 3,
      shuffle: true,
      transforms: [resize({ size: 3 })],
      augment: [randomHorizontalFlip()],
    };
    const expected = await epoch(new DataLoader(tinyDataset(11), options));
    for (const prefetch of [0, 1, 3, 20]) {
      expect(await epoch(new DataLoader(slow(tinyDataset(11)), { ...options, prefetch }))).toEqual(expected);
    }
  });

  test('read the next batch while the current one is used', async () => {
    const asked: number[] = [];
    const source = tinyDataset(8);
    const dataset: Dataset = {
      ...source,
      get: async (index) => {
        asked.push(index);
        return source.get(index);
      },
    };
    const walk = new DataLoader(dataset, { batchSize: 2, prefetch: 1 })[Symbol.asyncIterator]();
    await walk.next();
    expect(asked).toEqual([0, 1, 2, 3]);
    await walk.next();
    expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
    await walk.return();
  });

  test('a sample that cannot be read fails its batch, not one before', async () => {
    const source = tinyDataset(6);
    const dataset: Dataset = {
      ...source,
      get: async (index) => {
        if (index === 3) throw new Error('unreadable');
        return source.get(index);
      },
    };
    const walk = new DataLoader(dataset, { batchSize: 2, prefetch: 2 })[Symbol.asyncIterator]();
    expect((await walk.next()).value).toMatchObject({ size: 2 });
    await new Promise((resolve) => setTimeout(resolve, 5)); // an unhandled rejection would surface here
    await expect(walk.next()).rejects.toThrow('unreadable');
  });
});

describe('augmentation', () => {
  const augment = [randomCrop({ size: 2, padding: 1 }), randomAffine({ degrees: 30 })];
  const inputs = async (options: Partial<DataLoaderOptions>, epochs = 1): Promise<Map<number, string>> => {
    const loader = new DataLoader(tinyDataset(24), { batchSize: 5, augment, ...options });
    let batches: Batch[] = [];
    for (let i = 0; i < epochs; i++) batches = await epoch(loader);
    return new Map(
      batches.flatMap(({ inputs: { data }, indices }) =>
        Array.from(indices, (index, row): [number, string] => [index, data.slice(4 * row, 4 * row + 4).join()]),
      ),
    );
  };

  test('depends on seed, epoch and sample alone, not on order or batch size', async () => {
    const expected = await inputs({});
    expect(new Map([...(await inputs({ shuffle: true, batchSize: 7 }))].sort(([a], [b]) => a - b))).toEqual(expected);
    expect(await inputs({ seed: 1 })).not.toEqual(expected);
    expect(await inputs({}, 2)).not.toEqual(expected);
  });

  test('moves no other random stream', async () => {
    const order = async (options: Partial<DataLoaderOptions>) =>
      visited(await epoch(new DataLoader(tinyDataset(24), { batchSize: 5, shuffle: true, ...options })));
    expect(await order({ augment })).toEqual(await order({}));
  });
});

describe('state and restore', () => {
  const options = { batchSize: 3, shuffle: true, augment: [randomCrop({ size: 2, padding: 1 })] };
  const create = (generator: Generator): DataLoader => new DataLoader(tinyDataset(20), { ...options, generator });

  test.each([0, 1, 4, 6, 7])('a walk that is taken up after %i batches goes on byte for byte', async (taken) => {
    const whole = create(new Generator(5));
    const expected = [...(await epoch(whole)), ...(await epoch(whole)), ...(await epoch(whole))];

    const firstGenerator = new Generator(5);
    const first = create(firstGenerator);
    const received = await epoch(first);
    const walk = first[Symbol.asyncIterator]();
    for (let i = 0; i < taken; i++) received.push((await walk.next()).value as Batch);
    const saved = JSON.stringify({ loader: first.state(), generator: firstGenerator.state() });

    const parsed = JSON.parse(saved);
    const generator = new Generator(99);
    generator.restore(parsed.generator);
    const second = create(generator);
    second.restore(parsed.loader);
    expect(second.state()).toEqual(parsed.loader);
    received.push(...(await epoch(second)));
    while (received.length < expected.length) received.push(...(await epoch(second)));
    expect(received).toEqual(expected);
  });

  test('after the last batch of an epoch it stands at its end: the walk ends first, then the next epoch comes', async () => {
    const generator = new Generator(5);
    const loader = create(generator);
    const walk = loader[Symbol.asyncIterator]();
    for (let i = 0; i < loader.length; i++) await walk.next();
    expect(loader.state()).toMatchObject({ epoch: 0, position: 7 });
    const other = create(generator);
    other.restore(loader.state());
    expect(await epoch(other)).toEqual([]);
    expect(other.state()).toMatchObject({ epoch: 1, position: 0, orderSeed: null });
  });

  test('what was read ahead does not count', async () => {
    const loader = new DataLoader(slow(tinyDataset(20)), { batchSize: 3, prefetch: 4 });
    const walk = loader[Symbol.asyncIterator]();
    await walk.next();
    expect(loader.state()).toMatchObject({ position: 1 });
    await walk.return();
  });

  test('a walk that is broken off keeps its position until the next one, which is a new epoch', async () => {
    const loader = create(new Generator(5));
    for await (const batch of loader) if (batch.size > 0) break;
    expect(loader.state()).toMatchObject({ epoch: 0, position: 1 });
    expect((await epoch(loader)).length).toBe(loader.length);
    expect(loader.state()).toMatchObject({ epoch: 2, position: 0 });
  });

  test('a state of other data, batch size or order is refused', () => {
    const state = create(new Generator(0)).state();
    const other = (dataset: Dataset, changes: Partial<DataLoaderOptions>) => () =>
      new DataLoader(dataset, { ...options, ...changes }).restore(state);
    expect(other(tinyDataset(21), {})).toThrow('DataLoader.restore, samples: expected 21, received 20.');
    expect(other(tinyDataset(20), { batchSize: 4 })).toThrow('batchSize: expected 4, received 3.');
    expect(other(tinyDataset(20), { shuffle: false })).toThrow('shuffle: expected false, received true.');
    expect(() => create(new Generator(0)).restore({ ...state, position: -1 })).toThrow('position');
    expect(() => create(new Generator(0)).restore({})).toThrow('received nothing');
  });
});

test('a batch of 64 MNIST images is made in well under a millisecond or so', async () => {
  const pixels = new Uint8Array(64_000 * 784);
  const dataset = memoryDataset({ pixels, labels: new Uint8Array(64_000), shape: [28, 28, 1] });
  const loader = new DataLoader(dataset, {
    batchSize: 64,
    shuffle: true,
    transforms: [normalize({ mean: [0.5], std: [0.5] })],
  });
  await epoch(new DataLoader(dataset, { batchSize: 1000 }));
  const start = performance.now();
  let sum = 0;
  for await (const { inputs } of loader) sum += inputs.data[0]!;
  const elapsedMs = performance.now() - start;
  console.log(`DataLoader: ${(elapsedMs / loader.length).toFixed(3)} ms a batch of 64`);
  expect(sum).toBe(-loader.length);
  expect(elapsedMs / loader.length).toBeLessThan(5); // a generous bound for a busy machine; about 0.1 ms when idle
});
