import type { LinearMemory } from '../memory/linear-memory.ts';
import { JOB_SLOT_POINTER } from '../memory/linear-memory.ts';
import { CHUNK_BITS, CLOSED, MAX_ARGUMENTS, MAX_CHUNKS, SLOT } from './slot-layout.ts';

const WORDS = SLOT.done + MAX_CHUNKS;

/** The views through which a job is posted and watched. Shared memory never moves: they stay valid when it grows. */
export class JobSlot {
  readonly words: Int32Array;
  readonly arguments: Float64Array;
  #generation = 0;

  constructor(memory: LinearMemory) {
    this.words = memory.integers(JOB_SLOT_POINTER, WORDS);
    this.arguments = new Float64Array(memory.memory.buffer, JOB_SLOT_POINTER + SLOT.arguments * 4, MAX_ARGUMENTS);
    Atomics.store(this.words, SLOT.ticket, CLOSED);
  }

  /** The generation of the job in the slot, as the ticket carries it. */
  get generation(): number {
    return this.#generation;
  }

  /** Puts a job into the slot and wakes the workers. */
  post(job: {
    readonly kernel: number;
    readonly args: readonly number[];
    readonly tasks: number;
    readonly chunks: number;
    readonly scratchPointer: number;
    readonly scratchStride: number;
  }): void {
    const { words } = this;
    this.#generation = (this.#generation + 1) & (2 ** (32 - CHUNK_BITS) - 1);
    const ticket = this.#generation << CHUNK_BITS;
    // Closed while the words change: a worker that read some of them before cannot take a chunk with them.
    Atomics.store(words, SLOT.ticket, ticket | CLOSED);
    words[SLOT.kernel] = job.kernel;
    words[SLOT.tasks] = job.tasks;
    words[SLOT.argumentCount] = job.args.length;
    words[SLOT.scratchPointer] = job.scratchPointer;
    words[SLOT.scratchStride] = job.scratchStride;
    this.arguments.set(job.args);
    Atomics.store(words, SLOT.completed, 0);
    Atomics.store(words, SLOT.failed, 0);
    Atomics.store(words, SLOT.chunks, job.chunks);
    Atomics.store(words, SLOT.ticket, ticket);
    Atomics.notify(words, SLOT.ticket);
  }

  /** Takes the next chunk of the job in the slot; `undefined` when all are taken. */
  take(): number | undefined {
    const chunks = this.words[SLOT.chunks]!;
    for (;;) {
      const ticket = Atomics.load(this.words, SLOT.ticket);
      const chunk = ticket & CLOSED;
      if (chunk >= chunks) return undefined;
      if (Atomics.compareExchange(this.words, SLOT.ticket, ticket, ticket + 1) === ticket) return chunk;
    }
  }

  /** Says that a chunk is done. */
  complete(chunk: number): void {
    Atomics.store(this.words, SLOT.done + chunk, this.#generation);
    Atomics.add(this.words, SLOT.completed, 1);
  }
}

/** The tasks [begin, end) of a chunk. */
export function chunkRange(chunk: number, chunks: number, tasks: number): readonly [begin: number, end: number] {
  return [Math.floor((chunk * tasks) / chunks), Math.floor(((chunk + 1) * tasks) / chunks)];
}
