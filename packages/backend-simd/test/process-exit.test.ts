import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const SCRIPT = `
import * as tf from '@tensorflow/tfjs-core';
import { registerSimdBackend } from './src/index.ts';
registerSimdBackend({ threads: 2 });
await tf.setBackend('simd');
while (!tf.backend().workersUp) await new Promise((resolve) => setTimeout(resolve, 5));
const y = tf.relu(tf.fill([1_000_000], -1));
console.log('sum', tf.sum(y).dataSync()[0]);
`;

it('worker threads that wait for work do not keep Node alive, and nothing is printed', async () => {
  const directory = fileURLToPath(new URL('..', import.meta.url));
  const outdir = `${directory}node_modules/.process-exit-test`;
  await build({
    stdin: { contents: SCRIPT, resolveDir: directory, sourcefile: 'main.ts' },
    outfile: `${outdir}/main.mjs`,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@cnn/source'],
    external: ['@tensorflow/*'],
    logLevel: 'error',
  });
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [`${outdir}/main.mjs`], { timeout: 30_000 });
  expect(stdout).toBe('sum 0\n');
  expect(stderr).toBe('');
});
