import type { HostTensor, StateDict } from '../nn/state-entry.ts';
import { parseSafetensorsHeader, type SafetensorsEntry } from './safetensors-header.ts';

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** By name, in the header's order. */
  readonly tensors: StateDict;
  /** What the file says of itself, texts by name; empty where it says nothing. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a safetensors file: F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL. `where` is named in errors, for
 * example the path.
 *
 * @param bytes The whole file. Tensors may be views of it: do not write to it while they are in use.
 * @throws CnnError `invalid-file` naming what is wrong; `unsupported` for another dtype.
 * @see https://huggingface.co/docs/safetensors
 */
export function readSafetensors(bytes: Uint8Array, { where }: { where?: string } = {}): SafetensorsFile {
  const header = parseSafetensorsHeader(bytes, where === undefined ? {} : { where });
  const data = bytes.subarray(header.dataStart);
  const tensors = new Map(header.entries.map((entry) => [entry.name, readTensor(entry, data)]));
  return { tensors, metadata: header.metadata };
}

function readTensor({ dtype, shape, elementCount, begin, end }: SafetensorsEntry, data: Uint8Array): HostTensor {
  const { buffer, byteOffset } = data;
  const aligned = (byteOffset + begin) % dtype.bytesPerElement === 0 && buffer instanceof ArrayBuffer;
  const view = aligned
    ? dtype.viewOf(buffer, byteOffset + begin, elementCount)
    : dtype.viewOf(data.slice(begin, end).buffer as ArrayBuffer, 0, elementCount);
  return { dtype: dtype.dtype, shape, data: view };
}
