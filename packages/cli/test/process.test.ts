import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { SMALL, workingFolder } from './support/cli.ts';

const bin = fileURLToPath(new URL('../bin/cnn-cli.mjs', import.meta.url));
const LONG = [...SMALL, 'trainer.epochs=100000', 'data.validation=0'];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [bin, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
}

function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (bytes) => (stdout += bytes));
  child.stderr?.on('data', (bytes) => (stderr += bytes));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

function written(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve) => {
    child.stderr?.on('data', (bytes) => String(bytes).includes(text) && resolve());
  });
}

const mayCutNetwork = spawnSync('unshare', ['-rn', 'true']).status === 0;
if (!mayCutNetwork) console.warn('skipped: to be without a network takes unshare, and leave to use it');

describe('the command as a process of its own', () => {
  beforeAll(() => {
    if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
      throw new Error('expected a build of @cnn/cli, found none. Run `npx turbo run build` first.');
    }
  });

  it('shows help and version without loading what they do not need', async () => {
    const cwd = workingFolder();
    const help = await ended(start(['--help'], cwd));
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Usage: cnn-cli[\s\S]*\n {2}run +train, validate and test/);
    const version = await ended(start(['-V'], cwd));
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const trace = { NODE_DEBUG: 'esm,module' };
    const heavy = /node_modules\/(@tensorflow|zod|sucrase|yaml)\//;
    expect((await ended(start(['schema'], cwd, trace))).stderr).toMatch(heavy);
    expect((await ended(start(['--help'], cwd, trace))).stderr).not.toMatch(heavy);
  });

  it('saves and exits with 130 on Ctrl+C, and goes on from there', async () => {
    const cwd = workingFolder();
    const child = start(['run', 'quickstart', ...LONG, '--run-dir', 'run'], cwd);
    const end = ended(child);
    await written(child, 'epoch 2/');
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect(stderr).toMatch(/Interrupted: finishing the step and saving.*\n.*cnn-cli run run --resume/s);
    expect(code).toBe(130);
    const summary = JSON.parse(readFileSync(join(cwd, 'run/summary.json'), 'utf8'));
    expect(summary.status).toBe('interrupted');

    const resumed = await ended(start(['run', 'run', '--resume', '--force', 'trainer.maxSteps=20', '--json'], cwd));
    expect(JSON.parse(resumed.stdout).steps).toBeGreaterThanOrEqual(summary.steps);
    expect(resumed.code).toBe(0);
  });

  it('stops at once on the second Ctrl+C', async () => {
    const cwd = workingFolder();
    // The run's end takes an hour here, unless nobody waits for it.
    const slow = "export default { name: 'slow', onRunEnd: () => new Promise((done) => setTimeout(done, 3_600_000)) };";
    writeFileSync(join(cwd, 'slow.mjs'), slow);
    const child = start(['run', 'quickstart', ...LONG, 'callbacks=[./slow.mjs]'], cwd);
    const end = ended(child);
    await written(child, 'epoch 1/');
    child.kill('SIGINT');
    await written(child, 'Interrupted');
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
  });

  it("takes types off a user's TypeScript, wherever it lies, and gives it the same @cnn/core", async () => {
    const cwd = workingFolder();
    mkdirSync(join(cwd, 'nets'));
    writeFileSync(join(cwd, 'nets/layers.ts'), 'export enum Width { hidden = 8 }\n');
    writeFileSync(
      join(cwd, 'nets/net.ts'),
      [
        "import { Flatten, Linear, type Module, ReLU, Sequential } from '@cnn/core';",
        "import { Width } from './layers.js';",
        'export default function net({ classes }: { classes: number }): Module {',
        '  return new Sequential(new Flatten(), new Linear(784, Width.hidden), new ReLU(), new Linear(Width.hidden, classes));',
        '}',
      ].join('\n'),
    );
    const args = [...SMALL.slice(1), 'model=nets/net.ts', '--json'];
    const { code, stdout, stderr } = await ended(start(['run', 'quickstart', ...args], cwd));
    expect(stderr).not.toContain('Error');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).parameters).toBe(784 * 8 + 8 + 80 + 10);
  });

  it('trains the project that init makes, and draws its curves for TensorBoard', async () => {
    const cwd = workingFolder();
    expect((await ended(start(['init'], cwd))).code).toBe(0);
    const small = ['data.trainCount=200', 'data.testCount=20', 'trainer.maxSteps=4', 'callbacks.0=tensorboard'];
    const { code, stderr } = await ended(start(['run', 'config.yaml', ...small, '--run-dir', 'out'], cwd));
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, 'out')).filter((file) => /^events\.out\.tfevents\.\d+/.test(file))).toHaveLength(1);
  });

  it.skipIf(!mayCutNetwork)('says which mirrors it asked when data are nowhere and there is no network', async () => {
    const cwd = workingFolder();
    const args = ['-rn', process.execPath, bin, 'run', 'notebooks/003', 'data.root=nowhere'];
    const { code, stderr } = await ended(spawn('unshare', args, { cwd, env: { PATH: process.env.PATH } }));
    expect(stderr).toMatch(
      /^error: download of train-images.*: expected one of its mirrors to serve it, received https:.*fetch failed/,
    );
    expect(stderr).toMatch(/set CNN_DATA_DIR to its folder\.\n$/);
    expect(code).toBe(1);
  });

  it('is quiet when the reader of its output leaves', async () => {
    const child = start(['schema'], workingFolder());
    child.stdout?.destroy();
    const { code, stderr } = await ended(child);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('shows a stack only when DEBUG is set', async () => {
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'net.mjs'), 'export default () => { throw new TypeError("no luck"); };');
    const plain = await ended(start(['summary', './net.mjs'], cwd));
    expect(plain.stderr).toMatch(/^error: .*no luck.*\n$/);
    expect(plain.code).toBe(1);
    const debug = await ended(start(['summary', './net.mjs'], cwd, { DEBUG: '1' }));
    expect(debug.stderr).toMatch(/net\.mjs:1/);
  });
});
