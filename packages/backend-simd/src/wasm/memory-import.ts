const MEMORY_SECTION_IMPORT = 2;
const MEMORY_KIND = 2;
const SHARED_WITH_MAXIMUM = 3;
const MAXIMUM_ONLY = 1;

/**
 * The binary with its memory import declared not shared, for pages without cross-origin isolation: the kernels use no
 * atomic instructions, so one binary serves both.
 */
export function withUnsharedMemory(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const patched = binary.slice();
  const offset = memoryLimitsOffset(patched);
  if (patched[offset] === SHARED_WITH_MAXIMUM) patched[offset] = MAXIMUM_ONLY;
  return patched;
}

/** Offset of the flags byte of the first imported memory's limits. */
function memoryLimitsOffset(binary: Uint8Array): number {
  let offset = 8;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[offset++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const skipName = (): void => {
    // Not `offset += varint()`, which would add to the offset from before the length was read.
    const length = varint();
    offset += length;
  };
  while (offset < binary.length) {
    const section = binary[offset++];
    const sizeBytes = varint();
    if (section !== MEMORY_SECTION_IMPORT) {
      offset += sizeBytes;
      continue;
    }
    // The kernels import the memory and nothing else: count, module name, field name, kind, flags.
    varint();
    skipName();
    skipName();
    if (binary[offset++] === MEMORY_KIND) return offset;
    break;
  }
  throw new Error('kernels.wasm: expected its first import to be a memory');
}
