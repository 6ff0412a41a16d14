import { type TensorInfo, Variable } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from '../memory/linear-buffer.ts';
import type { MemoryWatcher } from '../memory/linear-memory.ts';
import type { TensorRecord } from '../memory/tensor-record.ts';
import type { Job } from '../threads/task-runner.ts';

/** A tensor from outside that the pass used, and which of its contents it saw. */
interface Seen {
  readonly record: TensorRecord;
  readonly version: number;
}

/**
 * What a pass does, noted while it runs: its jobs, the blocks they work in, and what they read that was there before.
 * Blocks are held, so that nobody else is given their addresses: the jobs may be run again as they are.
 */
export class Recording implements MemoryWatcher {
  readonly jobs: Job[] = [];
  /** Held, and written by the jobs (or by the host, once). */
  readonly #own = new Set<LinearBuffer>();
  /** Held, and left alone: weights in another form. */
  readonly #kept: LinearBuffer[] = [];
  readonly #made = new WeakSet<TensorRecord>();
  readonly #seen = new Map<TensorRecord, Seen>();
  readonly #variables = new Map<Variable, object>();
  #bytes = 0;
  #pauses = 0;
  #repeatable = true;
  readonly #mostBytes: number;

  /** @param mostBytes Blocks that together are larger are not held, and the pass is not repeatable. */
  constructor({ mostBytes }: { readonly mostBytes: number }) {
    this.#mostBytes = mostBytes;
  }

  /** False once something happened that running the jobs again would not repeat. */
  get repeatable(): boolean {
    return this.#repeatable;
  }

  /** Whether what the pass saw of the world outside is still the same. */
  get current(): boolean {
    for (const [variable, dataId] of this.#variables) if (variable.dataId !== dataId) return false;
    for (const { record, version } of this.#seen.values()) if (record.version !== version) return false;
    return true;
  }

  job(job: Job): void {
    if (this.#pauses > 0 || !this.#repeatable) return;
    if (job.inPlace) this.#repeatable = false;
    this.jobs.push(job);
  }

  /** A kernel's inputs. A variable may be given other data without any kernel: only it can tell. */
  inputs(inputs: Readonly<Record<string, TensorInfo | TensorInfo[] | undefined>>): void {
    for (const input of Object.values(inputs).flat()) {
      if (input instanceof Variable) this.#variables.set(input, input.dataId);
    }
  }

  made(record: TensorRecord): void {
    this.#made.add(record);
  }

  used(record: TensorRecord): void {
    if (this.#made.has(record) || this.#seen.has(record)) return;
    this.#seen.set(record, { record, version: record.version });
    // What the pass found on the host is taken to linear memory on its own account, not on the pass's.
    if (record.onHost) this.#outside(() => record.buffer());
  }

  allocated(buffer: LinearBuffer): void {
    if (this.#pauses > 0 || !this.#repeatable) return;
    this.#own.add(buffer.retain());
    this.#bytes += buffer.sizeBytes;
    if (this.#bytes > this.#mostBytes) this.release();
  }

  /** The host looks at elements: what it makes of them would not be made again. */
  readOnHost(buffer: LinearBuffer | undefined): void {
    if (buffer && this.#own.has(buffer)) this.#repeatable = false;
  }

  /** Another form of `source`: of weights it is made once and kept, of what the pass computes it is made each time. */
  derived(source: LinearBuffer, derive: () => LinearBuffer): LinearBuffer {
    if (this.#own.has(source)) return derive();
    const block = this.#outside(derive);
    this.#kept.push(block.retain());
    return block;
  }

  /** Gives the blocks back; the jobs cannot be run again. */
  release(): void {
    for (const block of this.#own) block.release();
    for (const block of this.#kept.splice(0)) block.release();
    this.#own.clear();
    this.jobs.length = 0;
    this.#repeatable = false;
  }

  /** Does what is not part of the pass. */
  #outside<Result>(work: () => Result): Result {
    this.#pauses++;
    try {
      return work();
    } finally {
      this.#pauses--;
    }
  }
}
