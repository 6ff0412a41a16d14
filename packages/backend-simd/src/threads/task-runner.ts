import type { LinearBuffer } from '../memory/linear-buffer.ts';
import type { LinearMemory } from '../memory/linear-memory.ts';
import type { WasmKernelName } from '../wasm/generated/kernel-names.ts';

/** A job: `kernel(...args, begin, end)` over all of `[0, tasks)`, in any split and order. */
export interface Job {
  readonly kernel: WasmKernelName;
  readonly args: readonly number[];
  readonly tasks: number;
  /** Roughly the multiply-adds (or elements touched) of the whole job, to weigh against the cost of sharing it out. */
  readonly work: number;
  /** Bytes of scratch memory that each thread needs; the kernel finds them at `scratchPointer`. */
  readonly scratchBytes?: number;
}

type WasmFunction = (...args: number[]) => void;

/** Runs jobs on the calling thread. */
export class TaskRunner {
  readonly #kernels: Readonly<Record<WasmKernelName, WasmFunction>>;
  readonly #memory: LinearMemory;
  #scratch: LinearBuffer | undefined;

  constructor(instance: WebAssembly.Instance, memory: LinearMemory) {
    this.#kernels = instance.exports as Record<WasmKernelName, WasmFunction>;
    this.#memory = memory;
  }

  run({ kernel, args, tasks, scratchBytes = 0 }: Job): void {
    if (tasks <= 0) return;
    this.#reserveScratch(scratchBytes);
    this.#kernels[kernel](...args, 0, tasks);
  }

  #reserveScratch(sizeBytes: number): void {
    if (sizeBytes <= (this.#scratch?.sizeBytes ?? 0)) return;
    this.#scratch?.release();
    this.#scratch = undefined;
    this.#scratch = this.#memory.allocate(sizeBytes);
    this.#kernels.setScratch(this.#scratch.pointer);
  }
}
