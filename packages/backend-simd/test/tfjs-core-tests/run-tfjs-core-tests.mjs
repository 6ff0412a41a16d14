// Runs tfjs-core's own tests of operations on a backend, in a process of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleTests } from './bundle-tests.mjs';

/**
 * Bundles and runs the tests.
 *
 * @param {'cpu' | 'simd'} backend
 * @param {{ threads?: number, featureLevel?: string }} [options] Of `registerSimdBackend`.
 */
export async function runTfjsCoreTests(backend, options = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'tfjs-core-tests-'));
  const outputPath = join(directory, 'tests.mjs');
  try {
    await bundleTests({ backend, options, outputPath });
    return await runBundle(outputPath);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function runBundle(bundlePath) {
  const script = fileURLToPath(new URL('run-bundle.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, bundlePath], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      output[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const line = output.stdout.trimEnd().split('\n').at(-1) ?? '';
      if (line.startsWith('{"passed"')) resolve(JSON.parse(line));
      else
        reject(
          new Error(
            `tfjs-core's tests: expected an outcome, received exit code ${code}. ${output.stderr.slice(-4000)}`,
          ),
        );
    });
  });
}
