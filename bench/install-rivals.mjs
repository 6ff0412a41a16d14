import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs the rivals that come from npm, once, beside the benchmark and nowhere else. */
export function installRivals() {
  if (existsSync(new URL('node_modules/onnxruntime-node', import.meta.url))) return;
  console.error('Installing the rivals (once) …');
  const cwd = new URL('.', import.meta.url);
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm install in bench: expected exit status 0, received ${status}.`);
}
