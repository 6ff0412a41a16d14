// Compiles assembly/ to one WebAssembly binary per feature level and writes each as a TypeScript module into
// src/wasm/generated/. With --if-stale it does nothing while the modules are newer than the sources.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import asc from 'assemblyscript/asc';

const root = new URL('..', import.meta.url);
const generated = new URL('src/wasm/generated/', root);
const LEVELS = { simd: ['simd'], relaxed: ['simd', 'relaxed-simd'] };

/** Newest change, in milliseconds, of any file under `directory`. */
function newestChangeMs(directory) {
  return readdirSync(directory, { withFileTypes: true }).reduce((newest, entry) => {
    const url = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, directory);
    return Math.max(newest, entry.isDirectory() ? newestChangeMs(url) : statSync(url).mtimeMs);
  }, 0);
}

function isStale() {
  const outputs = [...Object.keys(LEVELS).map((level) => `${level}-wasm.ts`), 'kernel-names.ts'];
  const sources = Math.max(
    newestChangeMs(new URL('assembly/', root)),
    statSync(fileURLToPath(import.meta.url)).mtimeMs,
  );
  return outputs.some((name) => {
    const output = statSync(new URL(name, generated), { throwIfNoEntry: false });
    return output === undefined || output.mtimeMs < sources;
  });
}

/** Bytes of the binary with the features of `level`. */
async function compile(level) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      'assembly/index.ts',
      ...['--outFile', 'kernels.wasm', '--runtime', 'stub', '--use', 'abort='],
      ...['--importMemory', '--sharedMemory', '--noExportMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
      ...['--memoryBase', '1024', '-O3', '--noAssert', '--converge'],
      ...['threads', ...LEVELS[level]].flatMap((feature) => ['--enable', feature]),
    ],
    {
      readFile: (name, base) =>
        readFile(new URL(name, pathToFileURL(`${fileURLToPath(new URL(base, root))}/`)), 'utf8').catch(() => null),
      listFiles: (name, base) =>
        readdirSync(new URL(`${name}/`, pathToFileURL(`${fileURLToPath(new URL(base, root))}/`))),
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  if (error) {
    console.error(`${stderr}`);
    throw new Error(`assembly/: expected it to compile for ${level}, received: ${error.message}`);
  }
  return binary;
}

/** Builds every level; returns the size of each binary in bytes. */
export async function buildWasm({ ifStale = false } = {}) {
  if (ifStale && !isStale()) return {};
  mkdirSync(generated, { recursive: true });
  const sizes = {};
  let names = [];
  for (const level of Object.keys(LEVELS)) {
    const binary = await compile(level);
    // The exports are the same at every level, and not every engine can load every level.
    if (level === 'simd') names = WebAssembly.Module.exports(new WebAssembly.Module(binary)).map(({ name }) => name);
    const base64 = Buffer.from(binary).toString('base64');
    writeFileSync(
      new URL(`${level}-wasm.ts`, generated),
      `/** The kernels at feature level \`${level}\`, base64. */\nexport const wasmBase64: string =\n  '${base64}';\n`,
    );
    writeFileSync(new URL(`cnn-kernels-${level}.wasm`, generated), binary);
    sizes[level] = { bytes: binary.length, gzipBytes: gzipSync(binary).length };
  }
  const union = names.map((name) => `'${name}'`).join('\n  | ');
  writeFileSync(
    new URL('kernel-names.ts', generated),
    `/** Exports of the WebAssembly module. */\nexport type WasmKernelName =\n  | ${union};\n`,
  );
  return sizes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await buildWasm({ ifStale: process.argv.includes('--if-stale') });
  for (const [level, { bytes, gzipBytes }] of Object.entries(sizes)) {
    console.log(`${level}: ${bytes} bytes, ${gzipBytes} gzipped`);
  }
}
