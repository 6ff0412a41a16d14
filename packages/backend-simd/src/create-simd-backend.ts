import { registerKernels } from './kernels/register-kernels.ts';
import { LinearMemory } from './memory/linear-memory.ts';
import { SimdBackend } from './simd-backend.ts';
import type { SimdBackendOptions } from './simd-backend-options.ts';
import { threadSupport, workerSpawner } from './threads/spawn-worker.ts';
import { TaskRunner } from './threads/task-runner.ts';
import { WorkerPool } from './threads/worker-pool.ts';
import { chooseFeatureLevel } from './wasm/feature-level.ts';
import { loadWasm } from './wasm/load-wasm.ts';

const DEFAULT_MAXIMUM_BYTES = 4 * 2 ** 30;

/** Compiles the kernels, makes the memory and registers the kernels with tfjs-core. */
export async function createSimdBackend(options: SimdBackendOptions): Promise<SimdBackend> {
  const featureLevel = chooseFeatureLevel(options.featureLevel ?? 'auto');
  const shared = threadSupport().available;
  const module = await loadWasm(featureLevel, { url: options.wasmUrl, shared });
  const memory = new LinearMemory({ shared, maximumBytes: options.maximumMemoryBytes ?? DEFAULT_MAXIMUM_BYTES });
  const instance = await WebAssembly.instantiate(module, { env: { memory: memory.memory } });
  registerKernels();
  const spawn = workerSpawner(options.wasmUrl);
  const pool = new WorkerPool({ module, memory, threads: options.threads ?? 'auto', spawn });
  return new SimdBackend({ memory, runner: new TaskRunner({ instance, memory, pool }), featureLevel });
}
