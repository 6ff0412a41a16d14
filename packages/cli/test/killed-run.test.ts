import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Generator, readSafetensors } from '@cnn/core';
import { describe, expect, it } from 'vitest';
import { workingFolder } from './support/cli.ts';

/** The command as users start it: it runs the build. */
const BIN = fileURLToPath(new URL('../bin/cnn-cli.mjs', import.meta.url));
const KILLS = 20;
const data = process.env.CNN_DATA_DIR;
if (!data)
  console.log('Skipped: the killed run trains on the real MNIST. Set CNN_DATA_DIR to the folder that holds it.');

const MODEL = `
import { Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential } from '@cnn/core';

export default () =>
  new Sequential(new Conv2d(1, 8, 3), new ReLU(), new MaxPool2d(2), new Dropout(0.3), new Flatten(), new Linear(8 * 13 * 13, 10));
`;

const CONFIG = `
name: killed
seed: 3
backend: simd
data:
  name: mnist
  limit: 2400
  validation: 400
  batchSize: 50
  augment: [{ random-rotation: { degrees: 10 } }]
model: ./model.mjs
optimizer: { name: adam, lr: 0.002 }
schedule: { name: cosine-annealing-lr, tMax: 1200 }
trainer: { epochs: 30, logEverySteps: 10, limits: { test: 2 } }
metrics: [accuracy, f1]
callbacks:
  - checkpoint: { monitor: validation.accuracy, mode: max, everySteps: 5 }
  - early-stopping: { monitor: validation.loss, patience: 25 }
`;

describe.skipIf(!data)(
  'a run that is killed 20 times, with dropout, augmentation, a schedule and early stopping',
  () => {
    it('ends with the same bytes as one that was never stopped, whatever the number of threads', async () => {
      const cwd = workingFolder();
      writeFileSync(join(cwd, 'model.mjs'), MODEL);
      writeFileSync(join(cwd, 'config.yaml'), CONFIG);
      expect(await finished(cwd, ['config.yaml', '--run-dir', 'whole', 'threads=2'])).toBe(0);

      const random = new Generator(7);
      let kills = 0;
      for (let attempt = 0; kills < KILLS; attempt++) {
        const args = attempt === 0 ? ['config.yaml', '--run-dir', 'killed'] : ['killed', '--resume'];
        const exit = await killed(cwd, [...args, `threads=${1 + (attempt % 2)}`], random);
        expect(exit, 'the run went on until it was killed').toBe('SIGKILL');
        kills++;
      }
      expect(await finished(cwd, ['killed', '--resume', 'threads=2'])).toBe(0);

      for (const name of ['last', 'best']) {
        const [whole, resumed] = ['whole', 'killed'].map((run) =>
          tensors(join(cwd, run, `checkpoints/${name}.safetensors`)),
        );
        expect(resumed).toEqual(whole);
      }
      expect(events(join(cwd, 'killed'))).toEqual(events(join(cwd, 'whole')));
      expect(summary(join(cwd, 'killed'))).toEqual(summary(join(cwd, 'whole')));
    }, 300_000);
  },
);

function start(cwd: string, args: readonly string[]) {
  return spawn(process.execPath, [BIN, 'run', ...args, '-q'], { cwd, stdio: 'ignore' });
}

async function finished(cwd: string, args: readonly string[]): Promise<number | null> {
  const child = start(cwd, args);
  return new Promise((resolve) => child.on('exit', resolve));
}

/**
 * Kills the run at a random moment: mostly a while after it wrote a checkpoint of its own, in the middle of a step or of
 * the next checkpoint; every fifth time at once, while it starts.
 */
async function killed(cwd: string, args: readonly string[], random: Generator): Promise<string | number | null> {
  const checkpoint = join(cwd, 'killed/checkpoints/last.safetensors');
  const before = writtenAt(checkpoint);
  const child = start(cwd, args);
  const exit = new Promise<string | number | null>((resolve) =>
    child.on('exit', (code, signal) => resolve(signal ?? code)),
  );
  const early = before > 0 && random.u32() % 5 === 0;
  if (early) await sleep(random.u32() % 800);
  else {
    while (writtenAt(checkpoint) === before && child.exitCode === null) await sleep(5);
    await sleep(random.u32() % 200);
  }
  child.kill('SIGKILL');
  return exit;
}

function writtenAt(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Weights, moments and all other tensors of a checkpoint. */
function tensors(path: string): unknown {
  return [...readSafetensors(readFileSync(path)).tensors].sort(([a], [b]) => (a < b ? -1 : 1));
}

function events(run: string): unknown[] {
  const lines = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => ({ ...JSON.parse(line), seconds: 0 }));
}

function summary(run: string): unknown {
  return { ...JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')), seconds: 0, imagesPerSecond: 0 };
}
