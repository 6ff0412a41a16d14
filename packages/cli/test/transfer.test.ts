import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '@cnn/core';
import { describe, expect, it } from 'vitest';
import { cli, SMALL, workingFolder } from './support/cli.ts';

/** A folder with weights to begin with: `before/checkpoints/last.safetensors`. */
async function withWeights(): Promise<string> {
  const cwd = workingFolder();
  await cli(['run', 'quickstart', ...SMALL, 'trainer.epochs=1', '--run-dir', 'before'], { cwd });
  await cli(['convert', 'before/checkpoints/last.safetensors', 'weights.safetensors'], { cwd });
  return cwd;
}

function weightsOf(cwd: string, file: string): Record<string, readonly number[]> {
  const { tensors } = readSafetensors(new Uint8Array(readFileSync(join(cwd, file))));
  const parameters = [...tensors].filter(([name]) => !name.includes('/'));
  return Object.fromEntries(parameters.map(([name, { data }]) => [name, Array.from(data, Number)]));
}

describe('a config with transfer', () => {
  it('trains a new head on features that are computed once; not a byte of the rest changes', async () => {
    const cwd = await withWeights();
    const args = [...SMALL, 'seed=5', 'transfer={weights: weights.safetensors}'];
    const cached = await cli(['run', 'quickstart', ...args, '--run-dir', 'cached'], { cwd });
    expect(cached.stderr).toMatch(/Features of 180 training images: computed in/);
    expect(cached.exitCode).toBe(0);
    const before = weightsOf(cwd, 'weights.safetensors');
    const after = weightsOf(cwd, 'cached/checkpoints/last.safetensors');
    expect(after['fc1.weight']).toEqual(before['fc1.weight']);
    expect(after['fc1.bias']).toEqual(before['fc1.bias']);
    expect(after['fc2.weight']).not.toEqual(before['fc2.weight']);
    const test = await cli(['eval', 'cached', '--json'], { cwd });
    const summary = JSON.parse(readFileSync(join(cwd, 'cached/summary.json'), 'utf8'));
    expect(summary.parameters).toBe(6370);
    expect(JSON.parse(test.stdout).samples).toBe(50);

    // Without the cache the same run gives the same head, to rounding.
    await cli(['run', 'quickstart', ...args, 'transfer.cacheFeatures=off', '--run-dir', 'images'], { cwd });
    const uncached = weightsOf(cwd, 'images/checkpoints/last.safetensors');
    const differences = uncached['fc2.weight']!.map((value, index) => Math.abs(value - after['fc2.weight']![index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it('goes without the cache where augmentation changes the images, and says why', async () => {
    const cwd = await withWeights();
    const args = ['transfer={weights: weights.safetensors}', 'data.augment=[{random-rotation: 5}]'];
    const { stderr, exitCode } = await cli(['run', 'quickstart', ...SMALL, ...args], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'note: features are not cached: augmentation (random-rotation) changes the images each epoch',
    );
  });

  it('thaws layers by stages, each group at its own rate', async () => {
    const cwd = await withWeights();
    const args = [
      'transfer={weights: weights.safetensors, stages: [{epoch: 1, unfreeze: fc2}, {epoch: 2, unfreeze: fc1}]}',
      'optimizer.groups=[{match: fc1, lr: 1e-4}]',
    ];
    const { stderr, exitCode } = await cli(['run', 'quickstart', ...SMALL, ...args, '--run-dir', 'run'], { cwd });
    expect(stderr).toMatch(/Unfroze 1 layers before epoch 2/);
    expect(exitCode).toBe(0);
    const before = weightsOf(cwd, 'weights.safetensors')['fc1.weight']!;
    const after = weightsOf(cwd, 'run/checkpoints/last.safetensors')['fc1.weight']!;
    const moved = Math.max(...after.map((value, index) => Math.abs(value - before[index]!)));
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(9 * 1.1e-4); // nine steps of Adam at the rate of its group
  });

  it('names a layer that the model does not have, and weights that are not there', async () => {
    const cwd = await withWeights();
    const wrong = await cli(
      ['run', 'quickstart', ...SMALL, 'transfer={weights: weights.safetensors, freeze: [conv1]}'],
      { cwd },
    );
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/freeze: expected patterns of paths in the model, received conv1, .*Write fc1\./);
    const missing = await cli(['run', 'quickstart', ...SMALL, 'transfer={weights: ./none.pth}'], { cwd });
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(/none\.pth: expected a file of weights, received no such file/);
  });
});
