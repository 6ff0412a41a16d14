import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerSimdBackend } from '@cnn/backend-simd';
import { type Batch, Generator, type Module } from '@cnn/core';
import { DataLoader, normalize, syntheticDigits } from '@cnn/datasets';
import { Adam, type Callback, fit } from '@cnn/trainer';
import { memory, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileByteCache } from '../cache/file-byte-cache.ts';
import { createModel } from '../zoo/create-model.ts';
import { cacheFeatures } from './cache-features.ts';
import { featureCacheObstacle } from './feature-cache-obstacle.ts';
import { freeze } from './freeze.ts';
import { ModelBehindBackbone } from './model-behind-backbone.ts';
import { replaceHead } from './replace-head.ts';
import { stagedUnfreezing } from './staged-unfreezing.ts';
import { stateHash } from './state-hash.ts';

const HEAD = 'fc2';
const KEY = { data: 'digits', transforms: 'normalize' };
const images = syntheticDigits({ count: 96, seed: 1 });
const classNames = images.classNames;
const transforms = [normalize({ mean: [0.5], std: [0.5] })];

let model: Module;
let folder: string;

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

beforeEach(async () => {
  model = createModel('lenet5', { generator: new Generator(0) });
  replaceHead(model, 10, { path: 'fc3' });
  freeze(model, ['**', '!fc3']);
  folder = await mkdtemp(join(tmpdir(), 'cnn-features-'));
});

afterEach(async () => {
  model.dispose();
  await rm(folder, { recursive: true });
});

function inOrder(): AsyncIterable<Batch> {
  return new DataLoader(images, { batchSize: 40, transforms });
}

describe('cacheFeatures', () => {
  it('gives what the head of the model sees, in the order of the data', async () => {
    const { dataset, head, fromCache } = await cacheFeatures(model, inOrder(), { classNames });
    expect([dataset.length, dataset.sampleShape, fromCache]).toEqual([96, [1, 1, 84], false]);
    const batches = inOrder()[Symbol.asyncIterator]();
    const { value: batch } = await batches.next();
    const direct = tidy(() => model.forward(tensor(batch.inputs.data, batch.inputs.shape)).dataSync());
    const features = Float32Array.from(Array.from({ length: 40 }, (_, i) => [...dataset.get(i).pixels]).flat());
    const byHead = tidy(() => head.forward(tensor(features, [40, 1, 1, 84])).dataSync());
    for (const [i, value] of direct.entries()) expect(byHead[i]).toBeCloseTo(value, 5);
    expect(dataset.get(41).label).toBe(images.get(41).label);
    expect(() => dataset.get(96)).toThrow(/an integer in 0\.\.95, received 96/);
  });

  it('trains the model behind its backbone, with a state dict that is all of it', async () => {
    const backbone = await stateHash(model, { without: 'fc3' });
    const { dataset, head } = await cacheFeatures(model, inOrder(), { classNames });
    const behind = new ModelBehindBackbone(model, head);
    expect([...(await behind.stateDict()).keys()]).toEqual([...(await model.stateDict()).keys()]);
    const optimizer = new Adam(behind.parameters(), { lr: 0.01 });
    const { errors } = await fit({ model: behind, data: new DataLoader(dataset, { batchSize: 32 }), optimizer });
    expect(errors).toEqual([]);
    expect(await stateHash(behind)).toBe(await stateHash(model));
    expect(await stateHash(model, { without: 'fc3' })).toBe(backbone);
    optimizer.dispose();
  });

  it('trains the head of the model itself, and not a byte of the backbone changes', async () => {
    const before = await stateHash(model, { without: 'fc3' });
    const whole = await stateHash(model);
    const { dataset, head } = await cacheFeatures(model, inOrder(), { classNames });
    const optimizer = new Adam(head.parameters(), { lr: 0.01 });
    const data = new DataLoader(dataset, { batchSize: 32, shuffle: true });
    const { history } = await fit({ model: head, data, optimizer, epochs: 5 });
    expect(history.at(-1)?.train.loss).toBeLessThan(history[0]?.train.loss ?? 0);
    expect(await stateHash(model, { without: 'fc3' })).toBe(before);
    expect(await stateHash(model)).not.toBe(whole);
    optimizer.dispose();
  });

  it('keeps them in a cache until weights, data or transforms change', async () => {
    const cache = fileByteCache(folder);
    const again = async (key = KEY) => (await cacheFeatures(model, inOrder(), { classNames, cache, key })).fromCache;
    expect([await again(), await again()]).toEqual([false, true]);
    expect(await again({ ...KEY, data: 'others' })).toBe(false);
    expect(await again({ ...KEY, transforms: 'none' })).toBe(false);
    expect((await readdir(join(folder, 'features'))).length).toBe(3);
    const [parameter] = model.parameters();
    const value = await parameter?.read();
    if (value)
      parameter?.write({ ...value, data: Float32Array.from(value.data as Float32Array, (entry) => entry + 1) });
    expect(await again()).toBe(false);
    replaceHead(model, 10, { path: 'fc3' });
    expect(await again(), 'another head').toBe(true);
  });

  it('computes again what was damaged in the cache', async () => {
    const cache = fileByteCache(folder);
    await cacheFeatures(model, inOrder(), { classNames, cache, key: KEY });
    const [file = ''] = await readdir(join(folder, 'features'));
    await writeFile(join(folder, 'features', file), 'damaged');
    expect((await cacheFeatures(model, inOrder(), { classNames, cache, key: KEY })).fromCache).toBe(false);
  });

  it('refuses a backbone that is not frozen, a head that does not run, and stops when told to', async () => {
    await expect(cacheFeatures(model, inOrder(), { classNames, head: HEAD })).rejects.toThrow(
      /not everything but fc2 is frozen/,
    );
    const signal = AbortSignal.abort();
    await expect(cacheFeatures(model, inOrder(), { classNames, signal })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('leaves no tensors behind', async () => {
    const { numTensors } = memory();
    await cacheFeatures(model, inOrder(), { classNames });
    expect(memory().numTensors).toBe(numTensors);
  });
});

describe('featureCacheObstacle', () => {
  it('finds what makes a cache wrong, and nothing where it is right', () => {
    expect(featureCacheObstacle(model)).toBeNull();
    expect(featureCacheObstacle(model, { augmentations: ['random-rotation'] })).toContain('random-rotation');
    expect(featureCacheObstacle(model, { unfreezes: true })).toContain('thaws');
    expect(featureCacheObstacle(createModel('tiny-cnn'))).toBe('not everything but fc1 is frozen');
  });
});

describe('stagedUnfreezing in a run', () => {
  it('is a callback of the trainer: the backbone moves from its epoch on', async () => {
    const hashes: string[] = [];
    const watch: Callback = {
      name: 'watch',
      onEpochEnd: async (run) => void hashes.push(await stateHash(run.model, { without: 'fc3' })),
    };
    const staged: Callback = stagedUnfreezing([
      { epoch: 1, unfreeze: 'fc3' },
      { epoch: 3, unfreeze: 'fc*' },
    ]);
    const optimizer = new Adam(model.parameters(), { lr: 0.001 });
    const data = new DataLoader(images, { batchSize: 48, transforms, shuffle: true });
    const outcome = await fit({ model, data, optimizer, epochs: 3, callbacks: [staged, watch] });
    expect(outcome.status).toBe('completed');
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[1]);
    optimizer.dispose();
  });
});
