import { CnnError } from '@cnn/core';
import type { LinearBuffer } from '../memory/linear-buffer.ts';
import type { LinearMemory } from '../memory/linear-memory.ts';
import type { WasmKernelName } from '../wasm/generated/kernel-names.ts';
import { chunkRange, JobSlot } from './job-slot.ts';
import { MAX_CHUNKS, SLOT } from './slot-layout.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A job: `kernel(...args, begin, end)` over all of `[0, tasks)`, in any split and order. */
export interface Job {
  readonly kernel: WasmKernelName;
  readonly args: readonly number[];
  readonly tasks: number;
  /** Roughly the multiply-adds (or elements touched) of the whole job, to weigh against the cost of sharing it out. */
  readonly work: number;
  /** Bytes of scratch memory that each thread needs; the kernel finds them at `scratchPointer`. */
  readonly scratchBytes?: number;
  /** True where a task reads what it overwrites, so that it must not be done twice. */
  readonly inPlace?: boolean;
}

type WasmFunction = (...args: number[]) => void;

/** Below this much work (some ten microseconds) waking another thread costs more than it saves. */
const SHARE_FROM = 200_000;
/** Many small chunks even out what threads that start late or run slowly leave undone. */
const CHUNKS_PER_THREAD = 16;
/** Work of a chunk below which taking it would cost too much of it. */
const CHUNK_WORK = 100_000;
const SPIN_MS = 0.2;
const WAIT_MS = 50;

/** Runs jobs on the calling thread and, where there are any, on the workers of the pool. */
export class TaskRunner {
  readonly #kernels: Readonly<Record<WasmKernelName, WasmFunction>>;
  readonly #kernelIndex: ReadonlyMap<string, number>;
  readonly #memory: LinearMemory;
  readonly #pool: WorkerPool;
  readonly #slot: JobSlot | undefined;
  readonly #stallMs: number;
  #scratch: LinearBuffer | undefined;
  #scratchStride = 0;
  #scratchThreads = 0;

  constructor(parts: {
    instance: WebAssembly.Instance;
    memory: LinearMemory;
    pool: WorkerPool;
    /** How long a job may make no progress before its worker counts as dead, in milliseconds. */
    stallMs?: number;
  }) {
    this.#kernels = parts.instance.exports as Record<WasmKernelName, WasmFunction>;
    this.#kernelIndex = new Map(parts.pool.kernels.map((name, i) => [name, i]));
    this.#memory = parts.memory;
    this.#pool = parts.pool;
    this.#stallMs = parts.stallMs ?? 10_000;
    this.#slot = parts.memory.shared ? new JobSlot(parts.memory) : undefined;
  }

  get pool(): WorkerPool {
    return this.#pool;
  }

  /** Runs a job to its end. */
  run(job: Job): void {
    const { kernel, args, tasks, work, scratchBytes = 0 } = job;
    if (tasks <= 0) return;
    this.#reserveScratch(scratchBytes);
    const shares = tasks > 1 && work >= SHARE_FROM && this.#slot !== undefined && this.#pool.available();
    if (shares) this.#runShared(this.#slot!, job);
    else this.#kernels[kernel](...args, 0, tasks);
  }

  #runShared(slot: JobSlot, job: Job): void {
    const { kernel, args, tasks, work } = job;
    const { threads } = this.#pool;
    const worthwhile = Math.max(threads, Math.floor(work / CHUNK_WORK));
    const chunks = Math.min(tasks, threads * CHUNKS_PER_THREAD, worthwhile, MAX_CHUNKS);
    const scratchPointer = this.#scratch?.pointer ?? 0;
    const scratchStride = this.#scratchStride;
    slot.post({ kernel: this.#kernelIndex.get(kernel)!, args, tasks, chunks, scratchPointer, scratchStride });
    const run = this.#kernels[kernel];
    for (let chunk = slot.take(); chunk !== undefined; chunk = slot.take()) {
      run(...args, ...chunkRange(chunk, chunks, tasks));
      slot.complete(chunk);
    }
    if (!this.#waitFor(slot, chunks)) this.#finishAlone(slot, job, chunks);
    if (Atomics.load(slot.words, SLOT.failed) > 0) {
      throw new Error(`simd backend: kernel ${kernel} failed in a worker thread`);
    }
  }

  /** Waits until all chunks are done; false when nothing has moved for too long. */
  #waitFor(slot: JobSlot, chunks: number): boolean {
    const { words } = slot;
    const spinUntil = performance.now() + SPIN_MS;
    do {
      for (let i = 0; i < 64; i++) if (Atomics.load(words, SLOT.completed) === chunks) return true;
    } while (performance.now() < spinUntil);
    let completed = Atomics.load(words, SLOT.completed);
    let movedMs = performance.now();
    while (completed !== chunks) {
      Atomics.wait(words, SLOT.completed, completed, WAIT_MS);
      const now = Atomics.load(words, SLOT.completed);
      if (now !== completed) movedMs = performance.now();
      else if (performance.now() - movedMs > this.#stallMs) return false;
      completed = now;
    }
    return true;
  }

  /** A worker has died with a chunk in hand: its chunks are computed here, and the pool starts afresh. */
  #finishAlone(slot: JobSlot, { kernel, args, tasks, inPlace }: Job, chunks: number): void {
    this.#pool.restart();
    if (inPlace) {
      throw new CnnError('aborted', {
        where: `simd backend, kernel ${kernel}`,
        expected: 'every worker thread to finish its part of an update in place',
        received: `no progress for ${this.#stallMs / 1000} s`,
        remedy: 'Restart from the last checkpoint: the tensors being updated hold a mixture of old and new values',
      });
    }
    for (let chunk = 0; chunk < chunks; chunk++) {
      if (Atomics.load(slot.words, SLOT.done + chunk) === slot.generation) continue;
      this.#kernels[kernel](...args, ...chunkRange(chunk, chunks, tasks));
    }
  }

  #reserveScratch(sizeBytes: number): void {
    const threads = this.#pool.threads;
    if (sizeBytes <= this.#scratchStride && threads <= this.#scratchThreads) return;
    const stride = Math.ceil(Math.max(sizeBytes, this.#scratchStride) / 64) * 64;
    this.#scratch?.release();
    this.#scratch = undefined;
    this.#scratch = this.#memory.allocate(stride * threads);
    this.#scratchStride = stride;
    this.#scratchThreads = threads;
    this.#kernels.setScratch(this.#scratch.pointer);
  }
}
