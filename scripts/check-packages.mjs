// Packs each package as it would be published and checks the tarball with publint and attw.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'cnn-pack-'));
let failures = 0;
for (const name of readdirSync('packages')) {
  const cwd = join('packages', name);
  run('npx', ['pnpm@10.34.9', 'pack', '--pack-destination', folder], cwd);
  const tarball = join(
    folder,
    readdirSync(folder).find((file) => file.startsWith(`cnn-${name}-0`) || file.startsWith(`cnn-${name}-1`)),
  );
  run('npx', ['publint', tarball, '--strict'], '.');
  run('npx', ['attw', tarball, '--profile', 'esm-only'], '.');
}
rmSync(folder, { recursive: true });
console.log(failures === 0 ? 'Every package is fit to publish.' : `${failures} checks failed`);
process.exit(failures === 0 ? 0 : 1);

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  failures += 1;
  console.error(`✗ ${cwd} ${command} ${args.join(' ')}\n${stdout}${stderr}`);
}
