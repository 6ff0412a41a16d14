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
  readonly #kernels: Readonly<Record<string, WasmFunction>>;

  constructor(instance: WebAssembly.Instance) {
    this.#kernels = instance.exports as Record<string, WasmFunction>;
  }

  run({ kernel, args, tasks }: Job): void {
    if (tasks > 0) this.#kernels[kernel]!(...args, 0, tasks);
  }
}
