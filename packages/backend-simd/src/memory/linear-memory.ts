import { CnnError } from '@cnn/core';
import { BlockAllocator } from './block-allocator.ts';
import { LinearBuffer } from './linear-buffer.ts';

const PAGE_BYTES = 65_536;
const INITIAL_PAGES = 256;
/** Kernels may read, never write, up to a vector behind the end of a block. */
const OVERREAD_BYTES = 64;
const GROWTH_FACTOR = 1.25;

/** Bytes at the start of memory that no tensor gets: constants of the kernels, then the threads' job slot. */
const RESERVED_BYTES: number = PAGE_BYTES;
/** Where the job slot starts. */
export const JOB_SLOT_POINTER: number = 32_768;

/** What the backend holds of the machine's memory. */
export interface SimdMemoryInfo {
  /** Bytes of tensors, and of what put-off kernels still need. */
  readonly usedBytes: number;
  /** Most bytes ever used at once. */
  readonly peakBytes: number;
  /** Bytes of WebAssembly memory; it never shrinks. */
  readonly reservedBytes: number;
  /** Bytes to which that memory may grow; beyond them a tensor is refused with `out-of-memory`. */
  readonly maximumBytes: number;
  /** Blocks in use. */
  readonly blocks: number;
}

/** Told of what happens in memory while a pass is recorded. */
export interface MemoryWatcher {
  /** A block has been allocated. */
  allocated(buffer: LinearBuffer): void;
  /** The host reads the elements of a block. */
  readOnHost(buffer: LinearBuffer | undefined): void;
}

/** The WebAssembly memory in which tensors live, shared with worker threads where `shared`. */
export class LinearMemory {
  readonly memory: WebAssembly.Memory;
  readonly shared: boolean;
  readonly #allocator: BlockAllocator;
  readonly #maximumBytes: number;
  readonly #free: (pointer: number) => void;
  /** Set while a pass is recorded. */
  watcher: MemoryWatcher | undefined;

  constructor(options: { readonly shared: boolean; readonly maximumBytes: number }) {
    const maximum = Math.min(Math.floor(options.maximumBytes / PAGE_BYTES), 65_536);
    const initial = Math.min(INITIAL_PAGES, maximum);
    this.shared = options.shared;
    this.#maximumBytes = maximum * PAGE_BYTES;
    this.memory = new WebAssembly.Memory({ initial, maximum, shared: options.shared });
    this.#allocator = new BlockAllocator({ start: RESERVED_BYTES, end: this.#byteLength() - OVERREAD_BYTES });
    this.#free = (pointer) => this.#allocator.free(pointer);
  }

  /**
   * A block of at least `sizeBytes` bytes, 64-byte aligned, contents undefined, with one reference.
   *
   * @throws CnnError `out-of-memory` when the limit does not leave room for it.
   */
  allocate(sizeBytes: number): LinearBuffer {
    let pointer = this.#allocator.allocate(sizeBytes);
    if (pointer === undefined) {
      this.#grow(sizeBytes);
      pointer = this.#allocator.allocate(sizeBytes);
    }
    if (pointer === undefined) throw this.#outOfMemory(sizeBytes);
    const buffer = new LinearBuffer(pointer, sizeBytes, this.#free);
    this.watcher?.allocated(buffer);
    return buffer;
  }

  /** A view of floats; valid until the memory grows next. */
  floats(pointer: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, length);
  }

  /** A view of integers; valid until the memory grows next. */
  integers(pointer: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, length);
  }

  /** A view of bytes; valid until the memory grows next. */
  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length);
  }

  get info(): SimdMemoryInfo {
    return {
      usedBytes: this.#allocator.usedBytes,
      peakBytes: this.#allocator.peakBytes,
      reservedBytes: this.#byteLength(),
      maximumBytes: this.#maximumBytes,
      blocks: this.#allocator.blockCount,
    };
  }

  #byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  #grow(sizeBytes: number): void {
    const now = this.#byteLength();
    const needed = now + this.#allocator.shortfall(sizeBytes);
    // Geometric growth keeps the number of grow calls logarithmic; near the limit only what is needed is asked for.
    for (const target of [Math.max(needed, now * GROWTH_FACTOR), needed]) {
      const pages = Math.ceil((target - now) / PAGE_BYTES);
      if (now + pages * PAGE_BYTES > this.#maximumBytes) continue;
      try {
        this.memory.grow(pages);
      } catch (cause) {
        throw this.#outOfMemory(sizeBytes, cause);
      }
      this.#allocator.grow(this.#byteLength() - OVERREAD_BYTES);
      return;
    }
    throw this.#outOfMemory(sizeBytes);
  }

  #outOfMemory(sizeBytes: number, cause?: unknown): CnnError {
    const { usedBytes, maximumBytes, blocks } = this.info;
    return new CnnError(
      'out-of-memory',
      {
        where: 'simd backend',
        expected: `room for ${megabytes(sizeBytes)} more within the limit of ${megabytes(maximumBytes)}`,
        received: `${megabytes(usedBytes)} held in ${blocks} blocks`,
        remedy:
          'Use a smaller batch, dispose tensors that are no longer needed (tf.tidy), or raise `maximumMemoryBytes` of registerSimdBackend (4 GiB at most)',
      },
      { cause },
    );
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 2 : 0)} MiB`;
}
