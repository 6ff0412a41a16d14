import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { workingFolder } from './support/cli.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = join(root, 'packages/cli/bin/cnn-cli.mjs');
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** A user's own folder, with the files that the README shows. */
function ownFolder(): string {
  const cwd = workingFolder();
  for (const [, name, content] of readme.matchAll(/```\w+ ([\w-]+\.\w+)\n([\s\S]*?)```/g)) {
    writeFileSync(join(cwd, name!), content!);
  }
  return cwd;
}

function run(cwd: string, ...args: string[]): { code: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'run', ...args, '--run-dir', 'out'], {
    cwd,
    encoding: 'utf8',
  });
  return { code: status, stderr };
}

const summary = (cwd: string) => JSON.parse(readFileSync(join(cwd, 'out/summary.json'), 'utf8'));

describe("the README's callback, in a folder of its own", () => {
  it.each(['ts', 'mjs'])(
    'steady-target.%s is 15 lines or fewer, takes its options from YAML and stops the run',
    (kind) => {
      const cwd = ownFolder();
      expect(
        readFileSync(join(cwd, `steady-target.${kind}`), 'utf8')
          .trim()
          .split('\n').length,
      ).toBeLessThanOrEqual(15);
      const listed = `callbacks=[{./steady-target.${kind}: {target: 0, epochs: 2}}]`;
      expect(run(cwd, 'steady.yaml', listed)).toMatchObject({ code: 0 });
      expect(summary(cwd)).toMatchObject({ status: 'stopped', reason: '2 epochs in a row at 0 or above', epochs: 2 });
    },
  );

  it('goes on with what it remembered when the run is resumed', () => {
    const cwd = ownFolder();
    const listed = 'callbacks=[{./steady-target.ts: {target: 0, epochs: 3}}]';
    expect(run(cwd, 'steady.yaml', listed, 'trainer.epochs=1')).toMatchObject({ code: 0 });
    expect(summary(cwd)).toMatchObject({ status: 'completed', epochs: 1 });
    expect(run(cwd, 'steady.yaml', listed, '--resume', '--force')).toMatchObject({ code: 0 });
    expect(summary(cwd)).toMatchObject({ status: 'stopped', epochs: 3 });
  });

  it('runs as the config of the README has it', () => {
    const cwd = ownFolder();
    expect(run(cwd, 'steady.yaml').code).toBe(0);
    expect(summary(cwd)).toMatchObject({ status: 'stopped', reason: '3 epochs in a row at 0.5 or above' });
  });

  it('runs from code', () => {
    const cwd = ownFolder();
    mkdirSync(join(cwd, 'node_modules/@cnn'), { recursive: true });
    for (const name of ['core', 'datasets', 'metrics', 'models', 'trainer']) {
      symlinkSync(join(root, 'packages', name), join(cwd, 'node_modules/@cnn', name));
    }
    const printed = execFileSync(process.execPath, ['train.mjs'], { cwd, encoding: 'utf8' });
    expect(printed).toMatch(/^stopped 3 epochs in a row at 0\.5 or above$/m);
  });
});
