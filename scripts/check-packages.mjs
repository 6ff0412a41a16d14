// Packs each package as it would be published and checks the tarball with publint and attw.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpm } from './pnpm.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cnn-pack-'));
let failures = 0;
for (const name of readdirSync('packages')) {
  const cwd = join('packages', name);
  report(`pnpm pack ${name}`, pnpm(['--dir', cwd, 'pack', '--pack-destination', folder], { encoding: 'utf8' }));
  const tarball = join(
    folder,
    readdirSync(folder).find((file) => file.startsWith(`cnn-${name}-0`) || file.startsWith(`cnn-${name}-1`)),
  );
  run('publint', [tarball, '--strict']);
  // attw looks for types, and a file that is fetched by its address, a binary or a worker, has none.
  const fetched = Object.entries(manifest(cwd).exports).flatMap(([entry, target]) =>
    typeof target === 'string' && entry !== './package.json' ? [entry] : [],
  );
  const excluded = fetched.length > 0 ? ['--exclude-entrypoints', ...fetched] : [];
  run('attw', [tarball, '--profile', 'esm-only', ...excluded]);
}
rmSync(folder, { recursive: true });
console.log(failures === 0 ? 'Every package is fit to publish.' : `${failures} checks failed`);
process.exit(failures === 0 ? 0 : 1);

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function run(tool, args) {
  report(`${tool} ${args.join(' ')}`, spawnSync('npx', [tool, ...args], { encoding: 'utf8' }));
}

function report(what, { status, stdout, stderr }) {
  if (status === 0) return;
  failures += 1;
  console.error(`✗ ${what}\n${stdout}${stderr}`);
}
