// The machine's multiply-add peak in WebAssembly, one thread: what no kernel can pass.
import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const LANES = 4;
const FLOPS = 2;
const ITERATIONS = 2_000_000;
const CHAINS = { peak8: 8, peak12: 12 };
const root = new URL('../', import.meta.url);

/** GFLOP/s of independent multiply-adds at a feature level, the best of several runs. */
export async function multiplyAddPeak(level) {
  let binary;
  const features = level === 'relaxed' ? ['simd', 'relaxed-simd'] : ['simd'];
  const { error } = await asc.main(
    [
      ...['assembly/bench/peak.ts', '--outFile', 'peak.wasm', '--runtime', 'stub', '--use', 'abort=', '-O3'],
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      readFile: (name) => readFile(new URL(name, root), 'utf8').catch(() => null),
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  if (error) throw error;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  let best = 0;
  for (const [name, chains] of Object.entries(CHAINS)) {
    for (let run = 0; run < 12; run++) {
      const start = performance.now();
      exports[name](ITERATIONS);
      best = Math.max(best, (chains * LANES * FLOPS * ITERATIONS) / (performance.now() - start) / 1e6);
    }
  }
  return best;
}
