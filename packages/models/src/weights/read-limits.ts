/** What a reader may take before it refuses a file. The defaults fit every honest checkpoint that we know. */
export interface ReadLimits {
  /** Bytes of pickled structure (names, shapes; not the tensors' values). Default 64 MiB. */
  readonly maxPickleBytes?: number;
  /** Objects that unpickling may make. Default 4 million. */
  readonly maxPickleObjects?: number;
  /** Bytes that decompression and expanded tensors may take. Default 256 MiB and 16 times the file. */
  readonly maxExpandedBytes?: number;
}

const MIB = 2 ** 20;

/** Fills in the defaults for a file of `fileBytes`. */
export function resolveReadLimits(limits: ReadLimits, fileBytes: number): Required<ReadLimits> {
  return {
    maxPickleBytes: limits.maxPickleBytes ?? 64 * MIB,
    maxPickleObjects: limits.maxPickleObjects ?? 4_000_000,
    maxExpandedBytes: limits.maxExpandedBytes ?? 256 * MIB + 16 * fileBytes,
  };
}
