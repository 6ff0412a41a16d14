import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Generator, readSafetensors } from '@cnn/core';
import { expect, it } from 'vitest';
import { workingFolder } from './support/cli.ts';

const bin = fileURLToPath(new URL('../bin/cnn-cli.mjs', import.meta.url));

/** Set CNN_KILLS to try longer. */
const kills = Number(process.env.CNN_KILLS ?? 4);

const NET = `
import { Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential } from '@cnn/core';
export default ({ classes }) => new Sequential(
  new Conv2d(1, 4, 3), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.3), new Linear(4 * 13 * 13, classes),
);
`;

const CONFIG = `
name: killed
data:
  name: synthetic-digits
  trainCount: 1200
  testCount: 50
  batchSize: 20
  validation: 100
  augment: [{ random-affine: { degrees: 10, translate: [0.1, 0.1] } }]
model: ./net.mjs
optimizer: { name: sgd, lr: 0.05, momentum: 0.9 }
schedule: { name: one-cycle-lr, maxLr: 0.1 }
trainer: { epochs: 12, logEverySteps: 1, average: { decay: 0.9 }, accumulate: 2 }
callbacks:
  - checkpoint: { everySteps: 3 }
  - early-stopping: { monitor: validation.loss, patience: 4 }
`;

/** Runs the command to its end, or kills it after so many milliseconds of training; true when it ended by itself. */
function run(cwd: string, args: readonly string[], killAfterMs?: number): Promise<boolean> {
  const child = spawn(process.execPath, [bin, 'run', ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
    if (killAfterMs !== undefined && errors.includes('Training')) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  return new Promise((resolve, reject) =>
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(code === 0);
      else reject(new Error(errors));
    }),
  );
}

/** What a run left, times aside. */
function leftBy(folder: string): Record<string, unknown> {
  const timeless = (text: string) => ({ ...JSON.parse(text), seconds: 0, imagesPerSecond: 0, threads: 0 });
  const tensorsOf = (name: string) => {
    const { tensors } = readSafetensors(new Uint8Array(readFileSync(join(folder, 'checkpoints', name))));
    return [...tensors].map(([key, { data }]) => [
      key,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    ]);
  };
  return {
    last: tensorsOf('last.safetensors'),
    best: tensorsOf('best.safetensors'),
    events: readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trim().split('\n').map(timeless),
    summary: timeless(readFileSync(join(folder, 'summary.json'), 'utf8')),
    confusion: readFileSync(join(folder, 'confusion-matrix.json'), 'utf8'),
  };
}

it(`ends with the same bytes when it is killed ${kills} times at random moments and resumed, on other threads`, async () => {
  const cwd = workingFolder();
  writeFileSync(join(cwd, 'net.mjs'), NET);
  writeFileSync(join(cwd, 'config.yaml'), CONFIG);
  await run(cwd, ['config.yaml', 'threads=1', '--run-dir', 'whole']);

  const moments = new Generator(Date.now() % 1e9).uniform(kills, 0, 700);
  let ended = false;
  for (const [index, moment] of moments.entries()) {
    if (ended) break;
    const resume = existsSync(join(cwd, 'killed')) ? ['--resume'] : [];
    ended = await run(cwd, ['config.yaml', `threads=${1 + (index % 2)}`, '--run-dir', 'killed', ...resume], moment);
  }
  if (!ended) await run(cwd, ['config.yaml', '--run-dir', 'killed', '--resume']);
  expect(leftBy(join(cwd, 'killed')), `killed after ${moments.join(', ')} ms`).toEqual(leftBy(join(cwd, 'whole')));
}, 180_000);
