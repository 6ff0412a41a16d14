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
export type SpawnWorker = (parts: WorkerParts, onDeath: () => void) => SpawnedWorker;

const SCRIPT = 'cnn-kernels-worker.js';

/**
 * How workers are started here. In a browser from `cnn-kernels-worker.js` in `folder` where that is of the page's own origin, as a
 * content security policy without `blob:` wants it; else, or where there is no such file, from the text in the package.
 */
export function workerSpawner(folder: string | URL | undefined): SpawnWorker {
  const threads = nodeModule<NodeWorkerThreads>('node:worker_threads');
  if (threads) return (parts, onDeath) => spawnNodeWorker(threads, parts, onDeath);
  let script = folder === undefined ? undefined : scriptOfOwnOrigin(folder);
  return (parts, onDeath) =>
    spawnWebWorker(parts, {
      script,
      onDeath: (hadStarted) => {
        if (!hadStarted) script = undefined;
        onDeath();
      },
    });
}

function scriptOfOwnOrigin(folder: string | URL): string | undefined {
  const page: string = globalThis.location?.href ?? '';
  if (!URL.canParse(String(folder), page)) return undefined;
  const url = new URL(`${String(folder).replace(/\/?$/, '/')}${SCRIPT}`, page);
  return url.origin === globalThis.location.origin ? url.href : undefined;
}

function spawnNodeWorker(threads: NodeWorkerThreads, parts: WorkerParts, onDeath: () => void): SpawnedWorker {
  // Without the loaders and hooks of the main thread: the program imports nothing.
  const worker = new threads.Worker(workerSource, { eval: true, workerData: parts, execArgv: [], name: 'cnn-simd' });
  worker.on('error', () => {});
  worker.once('exit', onDeath);
  worker.unref();
  return { terminate: () => void worker.terminate() };
}

function spawnWebWorker(
  parts: WorkerParts,
  { script, onDeath }: { script: string | undefined; onDeath: (hadStarted: boolean) => void },
): SpawnedWorker {
  const blob = script ? undefined : URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(script ?? blob!, { name: 'cnn-simd', type: 'module' });
  const end = (): void => {
    worker.terminate();
    if (blob) URL.revokeObjectURL(blob);
  };
  let started = false;
  worker.onmessage = () => {
    started = true;
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end();
    onDeath(started);
  };
  worker.postMessage(parts);
  return { terminate: end };
}
