import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cli, SMALL, workingFolder } from './support/cli.ts';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const userModules = fileURLToPath(new URL('user-modules', import.meta.url));

const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!mayMount) console.warn('skipped: the full disk is a small tmpfs, which only root on Linux may mount');

describe('cnn-cli run', () => {
  it('writes the run folder and prints the result on stdout, progress on stderr', async () => {
    const cwd = workingFolder();
    const { exitCode, stdout, stderr } = await cli(['run', 'quickstart', ...SMALL], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Test accuracy: \d+\.\d\d %/);
    expect(stdout).toContain('Run folder: runs/quickstart/1');
    expect(stderr).toMatch(/^Training mlp \(6,370 parameters\) on synthetic-digits, 10 classes:\n {2}180 images/);
    expect(stderr).toMatch(/epoch 1\/2 .*\n.*epoch 2\/2/);

    const folder = join(cwd, 'runs/quickstart/1');
    expect(readdirSync(folder).sort()).toEqual([
      'checkpoints',
      'config.yaml',
      'confusion-matrix.json',
      'data.json',
      'environment.json',
      'metrics.csv',
      'metrics.jsonl',
      'report.html',
      'summary.json',
    ]);
    expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(['best.safetensors', 'last.safetensors']);
    expect(json(join(folder, 'summary.json'))).toEqual({
      status: 'completed',
      reason: expect.any(String),
      epochs: 2,
      steps: 18,
      best: { metric: 'validation.accuracy', value: expect.any(Number), epoch: expect.any(Number) },
      test: {
        loss: expect.any(Number),
        accuracy: expect.any(Number),
        precision: expect.any(Number),
        recall: expect.any(Number),
        f1: expect.any(Number),
      },
      parameters: 784 * 8 + 8 + 80 + 10,
      seconds: expect.any(Number),
      imagesPerSecond: expect.any(Number),
      backend: 'simd',
      threads: 1,
    });
    const events = lines(join(folder, 'metrics.jsonl'));
    expect(events[0]).toEqual({ type: 'step', epoch: 1, step: 1, loss: expect.any(Number), lr: 0.001 });
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(18);
    const epoch = events.find(({ type }) => type === 'epoch');
    expect(epoch).toMatchObject({ epoch: 1, step: 9, validation: { accuracy: expect.any(Number) } });
    expect(epoch.train.lossSum / 9).toBeCloseTo(epoch.train.loss, 10);
    expect(readFileSync(join(folder, 'metrics.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
    const { classNames, counts } = json(join(folder, 'confusion-matrix.json'));
    expect(classNames).toHaveLength(10);
    expect(counts.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(50);
    expect(json(join(folder, 'environment.json'))).toMatchObject({
      versions: { node: process.versions.node, tfjs: '4.22.0' },
      backend: { name: 'simd', featureLevel: expect.any(String) },
      threads: 1,
    });
  });

  it('gives the same run from the config that it wrote', async () => {
    const cwd = workingFolder();
    await cli(['run', 'quickstart', ...SMALL, 'seed=3'], { cwd });
    const again = await cli(['run', 'runs/quickstart/1/config.yaml'], { cwd });
    expect(again.exitCode).toBe(0);
    const losses = (n: number) => lines(join(cwd, `runs/quickstart/${n}/metrics.jsonl`)).map(({ loss }) => loss);
    expect(losses(2)).toEqual(losses(1));
  });

  it('prints summary.json and nothing else on stdout under --json', async () => {
    const cwd = workingFolder();
    const { stdout } = await cli(['run', 'quickstart', ...SMALL, '--json', '--run-dir', 'here'], { cwd });
    expect(JSON.parse(stdout)).toEqual(json(join(cwd, 'here/summary.json')));
  });

  it('is silent on stderr under --quiet', async () => {
    const cwd = workingFolder();
    const { stderr, stdout } = await cli(['run', 'quickstart', ...SMALL, '--quiet'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toContain('Test accuracy');
  });

  it('prints as the notebook does where the config says so', async () => {
    const cwd = workingFolder();
    const args = ['callbacks=[{console: {format: notebook-002}}]', 'trainer.epochs=1'];
    const { stdout, stderr } = await cli(['run', 'quickstart', ...SMALL, ...args], { cwd });
    expect(stdout).toMatch(/^Epoch 1, Loss: \d\.\d{4}\nTest Accuracy: \d+\.\d\d%\n/);
    expect(stderr).not.toContain('epoch 1');
  });

  it('leaves nothing behind after a fast dev run', async () => {
    const cwd = workingFolder();
    const { exitCode, stdout } = await cli(['run', 'quickstart', ...SMALL, 'trainer.fastDevRun=true'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toBe('Fast dev run: a batch of everything went through. Nothing was kept.\n');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('draws a bar on a terminal, also beside what a console prints', async () => {
    const cwd = workingFolder();
    const plain = await cli(['run', 'quickstart', ...SMALL], { cwd, isTTY: true });
    expect(plain.stderr).toMatch(/epoch 1\/2 +━*─* +\d+\/9/);
    const both = await cli(['run', 'quickstart', ...SMALL, 'callbacks=[console]'], { cwd, isTTY: true });
    expect(both.stderr).toMatch(/epoch 1\/2 +━*─* +\d+\/9/);
    expect(both.stderr).not.toMatch(/epoch 1\/2 +loss/);
    expect(both.stdout).toMatch(/^epoch 1\/2 +loss/);
  });

  it('uses colours on a terminal alone, and never with NO_COLOR', async () => {
    const cwd = workingFolder();
    const red = '\u001b[31m';
    expect((await cli(['eval', 'x'], { cwd, isTTY: true })).stderr).toContain(red);
    expect((await cli(['eval', 'x'], { cwd, isTTY: true, env: { NO_COLOR: '1' } })).stderr).not.toContain(red);
    expect((await cli(['eval', 'x'], { cwd })).stderr).not.toContain(red);
  });

  it('refuses a run folder that exists, with exit code 2, and leaves it alone', async () => {
    const cwd = workingFolder();
    mkdirSync(join(cwd, 'old'));
    writeFileSync(join(cwd, 'old/config.yaml'), 'model: mlp\n');
    const { exitCode, stderr } = await cli(['run', 'quickstart', '--run-dir', 'old'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/old: expected a folder that does not exist yet.*--resume\./);
    expect(readdirSync(join(cwd, 'old'))).toEqual(['config.yaml']);
  });

  it('numbers the runs of a name', async () => {
    const cwd = workingFolder();
    const short = [...SMALL, 'trainer.maxSteps=1', 'name=tries'];
    await cli(['run', 'quickstart', ...short], { cwd });
    await cli(['run', 'quickstart', ...short], { cwd });
    expect(readdirSync(join(cwd, 'runs/tries')).sort()).toEqual(['1', '2']);
  });

  it('says with exit code 2 why a config is wrong, and starts nothing', async () => {
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'a.yaml'), 'model: tiny-cnn\ntrainer:\n  epoch: 3\n');
    const { exitCode, stdout, stderr } = await cli(['run', 'a.yaml', 'optimizer.lr=fast'], { cwd });
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^error: a\.yaml:3:3 trainer\.epoch: expected a known key .* Write trainer\.epochs\.$/),
      expect.stringMatching(/^error: override optimizer\.lr=fast: expected a number > 0, received "fast"\./),
    ]);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });

  it('gives the error as the JSON document under --json', async () => {
    const { stdout, exitCode } = await cli(['run', 'nowhere.yaml', '--json'], { cwd: workingFolder() });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'invalid-config', message: expect.stringMatching(/^nowhere\.yaml: expected a config file/) },
    });
  });

  it('finds an impossible shape before the first batch and shows the formula with its numbers', async () => {
    const cwd = workingFolder();
    const model = `model=${join(userModules, 'impossible-net.ts')}`;
    const { exitCode, stderr } = await cli(['run', 'quickstart', ...SMALL, model], { cwd });
    expect(stderr).toMatch(/floor\(\(28 \+ 2·0 − 1·\(33−1\) − 1\)\/1 \+ 1\) = -4/);
    expect(exitCode).toBe(2);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });

  it("runs a model, a callback and data of the user's own, with their options", async () => {
    const cwd = workingFolder();
    writeFileSync(
      join(cwd, 'own.yaml'),
      [
        `model: { name: ${relative(cwd, join(userModules, 'own-net.ts'))}, scale: 2 }`,
        `data: { name: ${relative(cwd, join(userModules, 'own-data.ts'))}, count: 60, batchSize: 20 }`,
        'trainer: { epochs: 2 }',
        `callbacks: [{ ${relative(cwd, join(userModules, 'own-callback.ts'))}: { file: ${join(cwd, 'epochs.txt')} } }]`,
      ].join('\n'),
    );
    const { exitCode, stderr } = await cli(['run', 'own.yaml', '--run-dir', 'out'], { cwd });
    expect(stderr).toContain('epoch 2/2');
    expect(exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'epochs.txt'), 'utf8')).toBe('epoch 1\nepoch 2\n');
    // The run folder's config finds the modules again, from where it lies.
    expect((await cli(['eval', 'out', '--json'], { cwd })).exitCode).toBe(0);
  });

  it("names the module of the user's own that is not there or holds no model", async () => {
    const cwd = workingFolder();
    const missing = await cli(['run', 'quickstart', 'model=./net.ts'], { cwd });
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toMatch(/model: expected a file at .*net\.ts, received no such file/);
    writeFileSync(join(cwd, 'net.mjs'), 'export const Net = 1;');
    const nameless = await cli(['run', 'quickstart', 'model=./net.mjs'], { cwd });
    expect(nameless.stderr).toMatch(/expected a default export, received Net exported by/);
    writeFileSync(join(cwd, 'broken.mjs'), 'export default {;');
    const broken = await cli(['run', 'quickstart', 'model=./broken.mjs'], { cwd });
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toMatch(/expected a module that loads/);
  });

  it('says what was searched and tried when data are nowhere and the network is not there', async () => {
    const cwd = workingFolder();
    const offline = ['data={name: kmnist, root: nowhere, download: false}', 'model=mlp'];
    const { exitCode, stderr } = await cli(['run', 'quickstart', ...offline], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /data set kmnist: expected .*nowhere.*received no such file\. Run `cnn-cli data download kmnist`/,
    );
  });

  it('ends with exit code 1 when the loss is no number, and keeps what it had', async () => {
    const cwd = workingFolder();
    const args = [
      'optimizer={name: sgd, lr: 1e30}',
      'trainer.logEverySteps=1',
      'callbacks=[{checkpoint: {everySteps: 1}}]',
    ];
    const { exitCode, stderr, stdout } = await cli(['run', 'quickstart', ...SMALL, ...args, '--json'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /error: loss at step \d+: expected finite numbers, received (NaN|Infinity)\. Lower the learning rate/,
    );
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', reason: expect.stringContaining('finite') });
    const folder = join(cwd, 'runs/quickstart/1');
    expect(json(join(folder, 'summary.json'))).toEqual(JSON.parse(stdout));
    expect(existsSync(join(folder, 'checkpoints/last.safetensors'))).toBe(true);
    expect(lines(join(folder, 'metrics.jsonl')).length).toBeGreaterThan(0);
  });

  it.skipIf(!mayMount)('ends with exit code 1 when the disk is full, says so and keeps what it had', async () => {
    const cwd = workingFolder();
    const disk = join(cwd, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk]);
    try {
      const { exitCode, stderr } = await cli(['run', 'quickstart', ...SMALL, '--run-dir', 'disk/run'], { cwd });
      expect(stderr).toMatch(
        /error: .*safetensors: expected to be written, received ENOSPC.*Free some space on the disk\./,
      );
      expect(exitCode).toBe(1);
      expect(lines(join(disk, 'run/metrics.jsonl')).length).toBeGreaterThan(0);
      expect(readFileSync(join(disk, 'run/config.yaml'), 'utf8')).toContain('name: quickstart');
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
