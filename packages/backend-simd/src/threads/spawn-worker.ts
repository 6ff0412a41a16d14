import { workerSource } from './worker-source.ts';

/** What a worker needs to run kernels. */
export interface WorkerParts {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly slotPointer: number;
  /** Names of kernels; a job says the place in this list. */
  readonly kernels: readonly string[];
  /** Which thread this is; the calling thread is 0. */
  readonly index: number;
}

/** A thread that has been started. */
export interface SpawnedWorker {
  terminate(): void;
}

/** What can be had of threads here. */
export interface ThreadSupport {
  /** Whether workers can share memory with this thread, and this thread may wait for them. */
  readonly available: boolean;
  readonly cores: number;
}

type NodeWorkerThreads = typeof import('node:worker_threads');
type NodeOs = typeof import('node:os');

/** Node's own modules, without an import that a bundler for browsers would have to resolve. */
function nodeModule<Module>(name: string): Module | undefined {
  const runtime = (globalThis as { process?: { getBuiltinModule?: (name: string) => Module } }).process;
  return runtime?.getBuiltinModule?.(name);
}

/** Threads need shared memory, and a thread that may block: in a browser a worker of a cross-origin isolated page. */
export function threadSupport(): ThreadSupport {
  const os = nodeModule<NodeOs>('node:os');
  if (os) return { available: true, cores: os.availableParallelism() };
  const scope = globalThis as { crossOriginIsolated?: boolean; document?: object; navigator?: Navigator };
  const cores = scope.navigator?.hardwareConcurrency ?? 1;
  const available =
    scope.crossOriginIsolated === true && scope.document === undefined && typeof SharedArrayBuffer === 'function';
  return { available, cores };
}

/** Starts a worker that never keeps the process alive. `onDeath` is called once, when it has ended for any reason. */
export function spawnWorker(parts: WorkerParts, onDeath: () => void): SpawnedWorker {
  const threads = nodeModule<NodeWorkerThreads>('node:worker_threads');
  return threads ? spawnNodeWorker(threads, parts, onDeath) : spawnWebWorker(parts, onDeath);
}

function spawnNodeWorker(threads: NodeWorkerThreads, parts: WorkerParts, onDeath: () => void): SpawnedWorker {
  // Without the loaders and hooks of the main thread: the program imports nothing.
  const worker = new threads.Worker(workerSource, { eval: true, workerData: parts, execArgv: [], name: 'cnn-simd' });
  worker.on('error', () => {});
  worker.once('exit', onDeath);
  worker.unref();
  return { terminate: () => void worker.terminate() };
}

function spawnWebWorker(parts: WorkerParts, onDeath: () => void): SpawnedWorker {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'cnn-simd' });
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    onDeath();
  };
  worker.postMessage(parts);
  return {
    terminate: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
