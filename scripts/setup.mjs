// Installs and builds everything that `npm start` and `npm test` need, on a machine that has only Node.
import { pnpm } from './pnpm.mjs';

step('Installing packages', ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn']);
step('Building (only what changed)', ['turbo', 'run', 'build', '--output-logs=errors-only', '--log-order=grouped']);

function step(title, args) {
  console.log(`› ${title} …`);
  const started = performance.now();
  const { status, stdout, stderr } = pnpm(args, { encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
    console.error(`✗ ${title} failed: expected exit status 0, received ${status}. The output above says why.`);
    process.exit(1);
  }
  console.log(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
