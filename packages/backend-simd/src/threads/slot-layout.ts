/** Words of the slot through which the calling thread hands work to the others; see worker-source.ts for the protocol. */
export const SLOT = {
  /** `generation << CHUNK_BITS | next chunk`; a generation is closed while its last word is CLOSED. */
  ticket: 0,
  completed: 1,
  kernel: 2,
  chunks: 3,
  tasks: 4,
  argumentCount: 5,
  scratchPointer: 6,
  scratchStride: 7,
  /** Chunks that threw. */
  failed: 8,
  /** Workers that have come up, ever. */
  started: 9,
  /** Doubles start here. */
  arguments: 16,
  /** One word for each chunk: the generation in which it was done last. */
  done: 96,
} as const;

export const CHUNK_BITS = 12;
export const CLOSED: number = 2 ** CHUNK_BITS - 1;
export const MAX_CHUNKS = 256;
export const MAX_ARGUMENTS = 40;
