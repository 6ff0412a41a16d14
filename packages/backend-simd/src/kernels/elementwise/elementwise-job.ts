import type { Job } from '../../threads/task-runner.ts';
import type { WasmKernelName } from '../../wasm/generated/kernel-names.ts';

/** Elements of one task; the same number as in assembly/elementwise/block.ts. */
const BLOCK = 4096;

/** A job over `size` elements in blocks. */
export function elementwiseJob(kernel: WasmKernelName, size: number, args: readonly number[]): Job {
  return { kernel, args, tasks: Math.ceil(size / BLOCK), work: size };
}
