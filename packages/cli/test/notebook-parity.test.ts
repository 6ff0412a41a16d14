import { readFileSync } from 'node:fs';
import { registerSimdBackend } from '@cnn/backend-simd';
import { type Dataset, Generator } from '@cnn/core';
import { DataLoader, normalize } from '@cnn/datasets';
import { openDataset } from '@cnn/datasets/node';
import { createModel } from '@cnn/models';
import { Adam, trainer } from '@cnn/trainer';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

/** PyTorch's numbers. Made by `scripts/fixtures/notebooks.py`, which says what each field is. */
interface NotebookFixture {
  readonly name: string;
  readonly first_batch_indices: readonly number[];
  readonly losses: readonly number[];
}

const NOTEBOOKS = ['000', '001', '002', '003', '004'];

const dataDir = process.env.CNN_DATA_DIR;
if (!dataDir) console.warn('skipped: notebook-parity.test.ts trains on the real MNIST; set CNN_DATA_DIR to its folder');

describe.skipIf(!dataDir)("on the real MNIST, the notebooks' step losses are PyTorch's", () => {
  let mnist: Dataset;

  beforeAll(async () => {
    // The level that every engine has: its bits, and so these losses, are the same everywhere.
    registerSimdBackend({ threads: 'auto', featureLevel: 'simd' });
    await setBackend('simd');
    mnist = await openDataset('mnist', { split: 'train' });
  });

  it.each(NOTEBOOKS)('notebook %s, seed 0: 200 steps', async (notebook) => {
    const fixture = notebookFixture(notebook, 0);
    const { losses, indices } = await trained(notebook, 0, 200);
    expect(indices).toEqual(fixture.first_batch_indices);
    expectFirstLosses(losses, fixture);
    expect(losses).toHaveLength(200);
    expect(Math.abs(mean(losses) / mean(fixture.losses) - 1)).toBeLessThan(0.01);
  });

  it.each(NOTEBOOKS)('notebook %s, seed 1: 20 steps', async (notebook) => {
    const fixture = notebookFixture(notebook, 1);
    const { losses, indices } = await trained(notebook, 1, 20);
    expect(indices).toEqual(fixture.first_batch_indices);
    expectFirstLosses(losses, fixture);
  });

  /** Losses of the first `steps` steps, and what the first batch was made of. */
  async function trained(notebook: string, seed: number, steps: number) {
    const generator = new Generator(seed);
    const model = createModel(notebookFixture(notebook, seed).name, { generator });
    const transforms = notebook === '002' ? [normalize({ mean: [0.5], std: [0.5] })] : [];
    const data = new DataLoader(mnist, { batchSize: 64, shuffle: true, generator, transforms });
    const optimizer = new Adam(model.parameters(), { lr: 0.001 });
    const losses: number[] = [];
    const tensors: number[] = [];
    let indices: number[] = [];
    const watched = {
      async *[Symbol.asyncIterator]() {
        for await (const batch of data) {
          if (indices.length === 0) indices = [...batch.indices];
          yield batch;
        }
      },
    };
    for await (const event of trainer({
      model,
      data: watched,
      optimizer,
      maxSteps: steps,
      logEverySteps: 1,
      epochs: 1,
    })) {
      if (event.type === 'run-end' && event.outcome.errors.length > 0) throw event.outcome.errors[0];
      if (event.type !== 'step') continue;
      losses.push(event.loss!);
      tensors.push(memory().numTensors);
    }
    model.dispose();
    optimizer.dispose();
    expect(new Set(tensors.slice(1)).size, `tensors after each step: ${tensors.slice(0, 5)}`).toBe(1);
    return { losses, indices };
  }
});

function expectFirstLosses(losses: readonly number[], fixture: NotebookFixture): void {
  const errors = losses.slice(0, 20).map((loss, i) => Math.abs(loss / fixture.losses[i]! - 1));
  expect(errors).toHaveLength(20);
  expect(Math.max(...errors)).toBeLessThan(1e-4);
}

function notebookFixture(notebook: string, seed: number): NotebookFixture {
  const file = new URL(`../../models/test/fixtures/notebook-${notebook}-seed${seed}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as NotebookFixture;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
