// Installs and builds everything that `npm start` and `npm test` need, on a machine that has only Node.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const pnpm = packageManager.replace(/\+.*$/, '');

step('Installing packages', ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn']);
step('Building (only what changed)', ['turbo', 'run', 'build', '--output-logs=errors-only', '--log-order=grouped']);

function step(title, args) {
  console.log(`› ${title} …`);
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync('npx', ['--yes', pnpm, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: process.env.CI ?? '1' },
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
    console.error(`✗ ${title} failed: expected exit status 0, received ${status}. The output above says why.`);
    process.exit(1);
  }
  console.log(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
