/** A run of bytes of the arena, linked to its neighbours by address. */
interface Block {
  readonly pointer: number;
  sizeBytes: number;
  free: boolean;
  previous: Block | undefined;
  next: Block | undefined;
}

const ALIGNMENT_BYTES = 64;
const BINS_PER_OCTAVE = 4;
const BIN_COUNT = 32 * BINS_PER_OCTAVE;

/**
 * Segregated-fit allocator over one growing range of addresses: free blocks wait in bins by size (four bins an octave),
 * neighbours coalesce. Both directions take constant time but for the search within a bin.
 */
export class BlockAllocator {
  readonly #bins: Block[][] = Array.from({ length: BIN_COUNT }, () => []);
  readonly #used = new Map<number, Block>();
  readonly #start: number;
  #end: number;
  #last: Block | undefined;
  #usedBytes = 0;
  #peakBytes = 0;

  constructor(range: { readonly start: number; readonly end: number }) {
    this.#start = roundUp(range.start);
    this.#end = this.#start;
    this.grow(range.end);
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Most bytes ever in use at once. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  get blockCount(): number {
    return this.#used.size;
  }

  /** Bytes by which the range must grow before `sizeBytes` can be allocated at its end. */
  shortfall(sizeBytes: number): number {
    const tail = this.#last?.free ? this.#last.sizeBytes : 0;
    return roundUp(Math.max(sizeBytes, 1)) - tail;
  }

  /** Extends the range to `end`. */
  grow(end: number): void {
    const sizeBytes = Math.floor((end - this.#end) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    if (sizeBytes <= 0) return;
    const block: Block = { pointer: this.#end, sizeBytes, free: false, previous: this.#last, next: undefined };
    if (this.#last) this.#last.next = block;
    this.#last = block;
    this.#end += sizeBytes;
    this.#release(block);
  }

  /** Address of `sizeBytes` bytes, 64-byte aligned; `undefined` where no free block is large enough. */
  allocate(sizeBytes: number): number | undefined {
    const wanted = roundUp(Math.max(sizeBytes, 1));
    const block = this.#take(wanted);
    if (block === undefined) return undefined;
    if (block.sizeBytes > wanted) this.#split(block, wanted);
    this.#used.set(block.pointer, block);
    this.#usedBytes += block.sizeBytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#usedBytes);
    return block.pointer;
  }

  free(pointer: number): void {
    const block = this.#used.get(pointer);
    if (block === undefined) return;
    this.#used.delete(pointer);
    this.#usedBytes -= block.sizeBytes;
    this.#release(block);
  }

  #take(sizeBytes: number): Block | undefined {
    const first = binOf(sizeBytes);
    for (let bin = first; bin < BIN_COUNT; bin++) {
      const blocks = this.#bins[bin]!;
      // Later entries were freed last and are likely still in cache.
      for (let i = blocks.length - 1; i >= 0; i--) {
        const block = blocks[i]!;
        if (block.sizeBytes < sizeBytes) continue;
        blocks.splice(i, 1);
        block.free = false;
        return block;
      }
    }
    return undefined;
  }

  #split(block: Block, sizeBytes: number): void {
    const rest: Block = {
      pointer: block.pointer + sizeBytes,
      sizeBytes: block.sizeBytes - sizeBytes,
      free: false,
      previous: block,
      next: block.next,
    };
    if (block.next) block.next.previous = rest;
    else this.#last = rest;
    block.next = rest;
    block.sizeBytes = sizeBytes;
    this.#release(rest);
  }

  #release(block: Block): void {
    let merged = block;
    if (merged.next?.free) this.#absorbNext(merged, this.#unbin(merged.next));
    if (merged.previous?.free) {
      const previous = this.#unbin(merged.previous);
      this.#absorbNext(previous, merged);
      merged = previous;
    }
    merged.free = true;
    this.#bins[binOf(merged.sizeBytes)]!.push(merged);
  }

  #absorbNext(block: Block, next: Block): void {
    block.sizeBytes += next.sizeBytes;
    block.next = next.next;
    if (next.next) next.next.previous = block;
    else this.#last = block;
  }

  #unbin(block: Block): Block {
    const bin = this.#bins[binOf(block.sizeBytes)]!;
    bin.splice(bin.lastIndexOf(block), 1);
    block.free = false;
    return block;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}

/** Four bins between each power of two and the next. */
function binOf(sizeBytes: number): number {
  const octave = 31 - Math.clz32(Math.min(sizeBytes, 0xffffffff));
  const quarter = Math.floor((sizeBytes / 2 ** octave - 1) * BINS_PER_OCTAVE);
  return Math.min(octave * BINS_PER_OCTAVE + quarter, BIN_COUNT - 1);
}
