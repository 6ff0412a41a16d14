import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSafetensors } from '@cnn/core';
import { DataLoader, memoryDataset } from '@cnn/datasets';
import { createModel } from '@cnn/models';
import { Adam, checkpoint, fit, memoryStore } from '@cnn/trainer';
import { describe, expect, it } from 'vitest';
import { cli, SMALL, workingFolder } from './support/cli.ts';

const ARGS = [...SMALL, 'trainer.epochs=3', '--run-dir', 'run'];

/** Events of a run, times left out. */
function events(cwd: string, runDir = 'run'): unknown[] {
  const lines = readFileSync(join(cwd, runDir, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => ({ ...JSON.parse(line), seconds: undefined }));
}

/** Starts a run of three epochs and interrupts it when the first is over. */
async function interrupted(cwd: string) {
  const controller = new AbortController();
  const onStderr = (text: string) => text.includes('epoch 1/3') && controller.abort();
  return cli(['run', 'quickstart', ...ARGS], { cwd, signal: controller.signal, onStderr });
}

describe('cnn-cli run --resume', () => {
  it('is interrupted with exit code 130 and a checkpoint, says how to go on, and then ends as if never stopped', async () => {
    const cwd = workingFolder();
    const stopped = await interrupted(cwd);
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toContain('Saved. Go on with: cnn-cli run run --resume');
    const summary = JSON.parse(readFileSync(join(cwd, 'run/summary.json'), 'utf8'));
    expect(summary.status).toBe('interrupted');

    const resumed = await cli(['run', 'run', '--resume', '--json'], { cwd });
    expect(resumed.exitCode).toBe(0);
    const whole = await cli(['run', 'quickstart', ...ARGS.slice(0, -1), 'whole', '--json'], { cwd });
    const timeless = (text: string) => ({ ...JSON.parse(text), seconds: 0, imagesPerSecond: 0 });
    expect(timeless(resumed.stdout)).toEqual(timeless(whole.stdout));
    expect(events(cwd)).toEqual(events(cwd, 'whole'));
  });

  it('refuses a changed config with exit code 2, naming each changed key, unless forced', async () => {
    const cwd = workingFolder();
    await interrupted(cwd);
    const before = readFileSync(join(cwd, 'run/summary.json'), 'utf8');
    const changes = ['optimizer.lr=0.1', 'data.batchSize=10'];
    const refused = await cli(['run', 'run', '--resume', ...changes], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/changes in optimizer\.lr, data\.batchSize/);
    expect(readFileSync(join(cwd, 'run/summary.json'), 'utf8')).toBe(before);

    const forced = await cli(['run', 'run', '--resume', '--force', 'trainer.epochs=2'], { cwd });
    expect(forced.exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'run/config.yaml'), 'utf8')).toMatch(/epochs: 2/);
  });

  it('goes on from a run in one file, in a folder of its own, and ends as if never stopped', async () => {
    const cwd = workingFolder();
    await interrupted(cwd);
    copyFileSync(join(cwd, 'run/checkpoints/last.safetensors'), join(cwd, 'mine.run.safetensors'));
    const gone = await cli(['run', 'mine.run.safetensors', 'threads=1', '--run-dir', 'on', '--json'], { cwd });
    expect(gone.stderr).toMatch(/Going on from step \d+ of mine\.run\.safetensors\./);
    const whole = await cli(['run', 'quickstart', ...ARGS.slice(0, -1), 'whole', '--json'], { cwd });
    const timeless = (text: string) => ({ ...JSON.parse(text), seconds: 0, imagesPerSecond: 0 });
    expect(timeless(gone.stdout)).toEqual(timeless(whole.stdout));
    const rows = (runDir: string) => readFileSync(join(cwd, runDir, 'metrics.csv'), 'utf8').replace(/,[^,\n]*$/gm, '');
    expect(rows('on')).toBe(rows('whole')); // but for the seconds: also those of the epochs before
    const longer = await cli(['run', 'mine.run.safetensors', 'trainer.epochs=4', '--json'], { cwd });
    expect(JSON.parse(longer.stdout).epochs).toBe(4);
  });

  it('refuses weights alone, and a run without its configuration, with exit code and reason', async () => {
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'w.safetensors'), writeSafetensors(new Map()));
    const refused = await cli(['run', 'w.safetensors'], { cwd });
    expect(refused.exitCode).toBeGreaterThan(0);
    expect(refused.stderr).toMatch(/^error: w\.safetensors.*: expected a checkpoint/m);

    const bare = memoryStore();
    const model = createModel('mlp', { inChannels: 1, imageSize: 2, classes: 2 });
    const data = memoryDataset({ pixels: new Uint8Array(8), labels: Uint8Array.of(0, 1), shape: [2, 2, 1] });
    const optimizer = new Adam(model.parameters());
    await fit({
      model,
      optimizer,
      data: new DataLoader(data, { batchSize: 1 }),
      store: bare,
      callbacks: [checkpoint()],
    });
    writeFileSync(join(cwd, 'bare.safetensors'), (await bare.read('last.safetensors')) ?? '');
    const nameless = await cli(['run', 'bare.safetensors'], { cwd });
    expect(nameless.exitCode).toBeGreaterThan(0);
    expect(nameless.stderr).toMatch(/^error: bare\.safetensors: expected a run of cnn-cli or of the demo/m);
  });

  it('goes on exactly with cached features, an average, accumulation, a schedule and early stopping', async () => {
    const cwd = workingFolder();
    const small = SMALL.filter((override) => !/^(trainer.epochs|schedule)/.test(override));
    await cli(['run', 'quickstart', ...small, 'trainer.epochs=1', '--run-dir', 'base'], { cwd });
    const args = [
      ...small,
      'transfer={weights: ./base}',
      'trainer.epochs=3',
      'trainer.accumulate=4', // 9 batches an epoch: the last update has one
      'trainer.average={decay: 0.9, warmUp: true}',
      'schedule={name: step-lr, stepSize: 1, gamma: 0.5}',
      'callbacks=[{early-stopping: {patience: 2}}, {checkpoint: {everySteps: 1}}]',
    ];
    const whole = await cli(['run', 'quickstart', ...args, '--run-dir', 'whole', '--json'], { cwd });
    expect(whole.stderr).toMatch(/Features of 180 training images: computed/);
    const controller = new AbortController();
    const onStderr = (text: string) => text.includes('epoch 1/3') && controller.abort();
    const run = ['run', 'quickstart', ...args, '--run-dir', 'run', '--json'];
    expect((await cli(run, { cwd, signal: controller.signal, onStderr })).exitCode).toBe(130);
    const resumed = await cli([...run, '--resume'], { cwd });
    const timeless = (text: string) => ({ ...JSON.parse(text), seconds: 0, imagesPerSecond: 0 });
    expect(timeless(resumed.stdout)).toEqual(timeless(whole.stdout));
    expect(events(cwd)).toEqual(events(cwd, 'whole'));
  });

  it('lets the number of threads and the place of the data change', async () => {
    const cwd = workingFolder();
    await interrupted(cwd);
    const { exitCode } = await cli(['run', 'run', '--resume', 'threads=2', 'data.root=elsewhere'], { cwd });
    expect(exitCode).toBe(0);
  });

  it('goes on at the feature level at which it began, and says so where it cannot', async () => {
    const cwd = workingFolder();
    await interrupted(cwd);
    const path = join(cwd, 'run/environment.json');
    const environment = JSON.parse(readFileSync(path, 'utf8'));
    expect(environment.backend.featureLevel).toMatch(/^(simd|relaxed)$/);
    environment.backend.featureLevel = 'some-other';
    writeFileSync(path, JSON.stringify(environment));
    const { exitCode, stderr } = await cli(['run', 'run', '--resume'], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/note: computed on simd \(some-other\) so far, from here on simd \((simd|relaxed)\)/);
  });

  it('says what is missing when there is nothing to resume', async () => {
    const cwd = workingFolder();
    const { exitCode, stderr } = await cli(['run', 'quickstart', '--resume'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/runs\/quickstart: expected the folder of an earlier run, received none/);
  });

  it('begins anew where a run was killed before its first checkpoint', async () => {
    const cwd = workingFolder();
    await cli(['run', 'quickstart', ...ARGS], { cwd });
    const whole = events(cwd);
    rmSync(join(cwd, 'run/checkpoints'), { recursive: true });
    const { exitCode, stderr } = await cli(['run', 'run', '--resume'], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('no checkpoint was written yet, starting from the beginning');
    expect(events(cwd)).toEqual(whole);
  });

  it('refuses a damaged checkpoint and leaves the run folder as it was', async () => {
    const cwd = workingFolder();
    await interrupted(cwd);
    const before = readFileSync(join(cwd, 'run/summary.json'), 'utf8');
    writeFileSync(join(cwd, 'run/checkpoints/last.safetensors'), 'no checkpoint at all');
    const { exitCode, stderr } = await cli(['run', 'run', '--resume'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/last\.safetensors: expected/);
    expect(readFileSync(join(cwd, 'run/summary.json'), 'utf8')).toBe(before);
  });
});
