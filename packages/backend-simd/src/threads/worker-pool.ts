import { JOB_SLOT_POINTER, type LinearMemory } from '../memory/linear-memory.ts';
import { SLOT } from './slot-layout.ts';
import { type SpawnedWorker, type SpawnWorker, threadSupport, workerSpawner } from './spawn-worker.ts';

/** After this many deaths the pool gives up and the calling thread works alone. */
const MAX_DEATHS = 8;

/**
 * The worker threads. They start when the first job large enough to share asks for them, and take part as soon as they
 * are up; until then, and wherever threads cannot be had, the calling thread works alone, with the same results.
 */
export class WorkerPool {
  readonly kernels: readonly string[];
  readonly #module: WebAssembly.Module;
  readonly #memory: LinearMemory;
  readonly #spawn: SpawnWorker;
  readonly #words: Int32Array | undefined;
  #workers = new Map<number, SpawnedWorker>();
  #threads: number;
  #deaths = 0;

  constructor(parts: {
    module: WebAssembly.Module;
    memory: LinearMemory;
    threads: number | 'auto';
    /** By default from the text in the package. */
    spawn?: SpawnWorker;
  }) {
    this.#spawn = parts.spawn ?? workerSpawner(undefined);
    this.#module = parts.module;
    this.#memory = parts.memory;
    this.kernels = WebAssembly.Module.exports(parts.module).map(({ name }) => name);
    this.#words = parts.memory.shared ? parts.memory.integers(JOB_SLOT_POINTER, SLOT.started + 1) : undefined;
    this.#threads = this.#allowed(parts.threads);
  }

  /** Threads that compute, the calling one included. */
  get threads(): number {
    return this.#threads;
  }

  /** Changes the number of threads; workers of the old number end. */
  resize(threads: number | 'auto'): void {
    const allowed = this.#allowed(threads);
    if (allowed === this.#threads) return;
    this.stop();
    this.#threads = allowed;
  }

  /** Whether a worker has come up. Starts them if need be; they are not waited for. */
  available(): boolean {
    if (this.#threads < 2 || this.#deaths >= MAX_DEATHS) return false;
    for (let index = 1; index < this.#threads; index++) {
      if (!this.#workers.has(index)) this.#start(index);
    }
    return this.#words !== undefined && Atomics.load(this.#words, SLOT.started) > 0;
  }

  /** Ends all workers; the next job starts new ones. */
  restart(): void {
    this.#deaths++;
    this.stop();
  }

  /** Ends all workers. */
  stop(): void {
    const workers = [...this.#workers.values()];
    this.#workers.clear();
    for (const worker of workers) worker.terminate();
    if (this.#words) Atomics.store(this.#words, SLOT.started, 0);
  }

  #start(index: number): void {
    const parts = {
      module: this.#module,
      memory: this.#memory.memory,
      slotPointer: JOB_SLOT_POINTER,
      kernels: this.kernels,
      index,
    };
    try {
      const worker = this.#spawn(parts, () => {
        // A worker that was stopped on purpose is no longer in the map.
        if (this.#workers.get(index) !== worker) return;
        this.#workers.delete(index);
        this.#deaths++;
      });
      this.#workers.set(index, worker);
    } catch {
      // A content security policy may forbid workers from blobs: one thread computes the same.
      this.#deaths = MAX_DEATHS;
    }
  }

  #allowed(threads: number | 'auto'): number {
    const support = threadSupport();
    if (!support.available || !this.#memory.shared) return 1;
    return threads === 'auto' ? support.cores : threads;
  }
}
