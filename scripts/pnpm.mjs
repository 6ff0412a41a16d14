// Runs the pinned pnpm, installed or not: `node scripts/pnpm.mjs turbo run build`. turbo finds pnpm only this way.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const quiet = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: process.env.CI ?? '1' };

/** @param {readonly string[]} args @param {import('node:child_process').SpawnSyncOptions} options */
export function pnpm(args, options = {}) {
  return spawnSync('npx', ['--yes', packageManager.replace(/\+.*$/, ''), ...args], {
    cwd: root,
    env: { ...process.env, ...quiet },
    shell: process.platform === 'win32',
    ...options,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(pnpm(process.argv.slice(2), { stdio: 'inherit' }).status ?? 1);
}
