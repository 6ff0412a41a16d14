import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, SMALL, workingFolder } from './support/cli.ts';

it('a run computes at the feature level that its config asks for, and says at which', async () => {
  const cwd = workingFolder();
  const args = ['run', 'quickstart', ...SMALL, '--run-dir', 'run', 'featureLevel=simd'];
  expect((await cli(args, { cwd })).exitCode).toBe(0);
  const environment = JSON.parse(readFileSync(join(cwd, 'run/environment.json'), 'utf8'));
  expect(environment.backend).toMatchObject({ name: 'simd', featureLevel: 'simd' });
  expect(readFileSync(join(cwd, 'run/config.yaml'), 'utf8')).toMatch(/^featureLevel: simd$/m);

  // Not here (Node 20), or not in this process any more: either way it is no other backend, and no other level.
  const relaxed = await cli(['run', 'quickstart', ...SMALL, 'featureLevel=relaxed'], { cwd });
  expect(relaxed.exitCode).toBeGreaterThan(0);
  expect(relaxed.stderr).toMatch(/featureLevel: expected .*relaxed/);
  expect(relaxed.stdout).toBe('');
});
