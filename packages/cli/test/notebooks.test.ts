import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, workingFolder } from './support/cli.ts';

/** PyTorch's losses, step by step. Made by `scripts/fixtures/notebooks.py`. */
function torchLosses(notebook: string): number[] {
  const url = new URL(`../../models/test/fixtures/notebook-${notebook}-seed0.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')).losses;
}

const dataDir = process.env.CNN_DATA_DIR;
if (!dataDir) console.warn('skipped: the configs of the notebooks need the real MNIST; set CNN_DATA_DIR to its folder');

describe.skipIf(!dataDir)('the configs of the notebooks', () => {
  it.each([
    ['000', 'data.name=mnist', /^Epoch \[1\/5\] Loss: \d\.\d{4} Accuracy: \d+\.\d\d%\n/],
    [
      '001',
      '',
      /^Starting CNN training\.\.\.\n\n[\s\S]*Epoch 1\/5 completed\. Average Loss: \d\.\d{4}\n\nTraining completed!\n/,
    ],
    ['002', '', /^Epoch 1, Loss: \d\.\d{4}\nTest Accuracy: \d+\.\d\d%\n/],
    ['003', '', /^Epoch 1, Loss: \d+\.\d{3}\n/],
    ['004', '', /^Epoch 1, Loss: \d+\.\d{4}\n/],
  ])('%s gives the losses of PyTorch and prints what the notebook prints', async (notebook, override, printed) => {
    const cwd = workingFolder();
    const args = ['trainer.maxSteps=20', 'trainer.logEverySteps=1', 'data.testLimit=200', '--run-dir', 'run'];
    const { exitCode, stdout } = await cli(['run', `notebooks/${notebook}`, ...args, ...(override ? [override] : [])], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(printed);
    const lines = readFileSync(join(cwd, 'run/metrics.jsonl'), 'utf8').trim().split('\n');
    const steps = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'step');
    const expected = torchLosses(notebook);
    expect(steps).toHaveLength(20);
    for (const [index, { loss }] of steps.entries()) {
      expect(Math.abs(loss / expected[index]! - 1), `step ${index + 1}`).toBeLessThan(1e-4);
    }
  });

  it('read the CSV that `data export` makes', async () => {
    const cwd = workingFolder();
    await cli(['data', 'export', 'mnist', '--csv', 'mnist_train_small.csv', '--limit', '640'], { cwd });
    const { exitCode, stdout } = await cli(['run', 'notebooks/000', 'trainer.epochs=1', '--run-dir', 'run'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Epoch \[1\/1\] Loss: 2\.\d{4} Accuracy: \d+\.\d\d%\n/);
    expect(existsSync(join(cwd, 'run/confusion-matrix.json'))).toBe(false); // there is no test part
  });
});

/** The example of the reference, as it stands, but for a data set that needs no download. */
const REFERENCE = `# yaml-language-server: $schema=...
name: notebook-002
seed: 0
backend: auto
threads: auto
data:
  name: synthetic-digits
  trainCount: 200
  testCount: 20
  root: ./data
  download: true
  batchSize: 64
  evalBatchSize: 1000
  shuffle: true
  dropLast: false
  validation: 0
  transforms: [{ normalize: { mean: [0.5], std: [0.5] } }]
model: { name: two-block-cnn }
loss: { name: cross-entropy }
optimizer: { name: adam, lr: 0.001 }
schedule: null
trainer: { epochs: 1, maxSteps: null, logEverySteps: 100, gradientClip: null, accumulate: 1, fastDevRun: false, overfitBatches: 0 }
metrics: [accuracy, precision, recall, f1]
callbacks:
  - checkpoint: { monitor: validation.accuracy, mode: max, everySteps: null }
  - early-stopping: { monitor: validation.loss, patience: 3 }
  - ./my-callback.mjs
`;

describe('a config that monitors validation and holds none back', () => {
  it('watches the training metric instead, and says so', async () => {
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'reference.yaml'), REFERENCE);
    writeFileSync(join(cwd, 'my-callback.mjs'), "export default { name: 'mine' };");
    const { exitCode, stderr } = await cli(['run', 'reference.yaml', '--run-dir', 'run'], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('note: checkpoint: no validation data (data.validation is 0), watching train.accuracy');
    expect(stderr).toContain('note: early-stopping: no validation data (data.validation is 0), watching train.loss');
  });

  it('is refused where nothing can stand in, before the first batch', async () => {
    const cwd = workingFolder();
    const monitor = 'callbacks=[{checkpoint: {monitor: validation.f1}}]';
    const { exitCode, stderr } = await cli(['run', 'quickstart', 'data.validation=0', monitor], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /callbacks checkpoint\.monitor: expected a metric of this run \(train\.loss, .*received validation\.f1/,
    );
    const typo = 'callbacks=[{checkpoint: {monitor: validation.acuracy}}]';
    expect((await cli(['run', 'quickstart', typo], { cwd })).stderr).toMatch(
      /Write validation\.accuracy, or add it to metrics\./,
    );
  });
});
