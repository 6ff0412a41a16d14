import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const LIMIT_BYTES = 80_000;

it('the browser entry with one feature level stays below 80 kB gzipped, WebAssembly included', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'out',
    write: false,
    conditions: ['@cnn/source'],
    external: ['@tensorflow/*', 'node:*'],
    logLevel: 'error',
  });
  const sizes = outputFiles.map(({ path, contents }) => ({
    name: path.replace(/^.*[/\\]/, '').replace(/-[A-Z0-9]{8}/, ''),
    gzipBytes: gzipSync(contents).length,
  }));
  const oneLevel = sizes.filter(({ name }) => name !== 'relaxed-wasm.js');
  const total = oneLevel.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  process.stdout.write(
    `${sizes.map(({ name, gzipBytes }) => `${name} ${gzipBytes}`).join(', ')}; one level ${total}\n`,
  );
  expect(oneLevel.some(({ name }) => name === 'simd-wasm.js')).toBe(true);
  expect(total).toBeLessThan(LIMIT_BYTES);
});
