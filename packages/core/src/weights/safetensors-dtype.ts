import type { HostTensor } from '../nn/state-entry.ts';

/** How a dtype of a safetensors file lies on the host. */
export interface SafetensorsDtype {
  /** Its name in the file. */
  readonly name: string;
  readonly dtype: HostTensor['dtype'];
  readonly bytesPerElement: number;
  /** Elements in the machine's byte order, which is little-endian wherever JavaScript runs today. */
  readonly viewOf: (buffer: ArrayBuffer, byteOffset: number, length: number) => HostTensor['data'];
}

/** Widest first: the order in which the format's own library writes tensors. */
const DTYPES: readonly SafetensorsDtype[] = [
  { name: 'I64', dtype: 'int64', bytesPerElement: 8, viewOf: (...view) => new BigInt64Array(...view) },
  { name: 'F64', dtype: 'float64', bytesPerElement: 8, viewOf: (...view) => new Float64Array(...view) },
  { name: 'F32', dtype: 'float32', bytesPerElement: 4, viewOf: (...view) => new Float32Array(...view) },
  { name: 'I32', dtype: 'int32', bytesPerElement: 4, viewOf: (...view) => new Int32Array(...view) },
  { name: 'BF16', dtype: 'bfloat16', bytesPerElement: 2, viewOf: (...view) => new Uint16Array(...view) },
  { name: 'F16', dtype: 'float16', bytesPerElement: 2, viewOf: (...view) => new Uint16Array(...view) },
  { name: 'I16', dtype: 'int16', bytesPerElement: 2, viewOf: (...view) => new Int16Array(...view) },
  { name: 'I8', dtype: 'int8', bytesPerElement: 1, viewOf: (...view) => new Int8Array(...view) },
  { name: 'U8', dtype: 'uint8', bytesPerElement: 1, viewOf: (...view) => new Uint8Array(...view) },
  { name: 'BOOL', dtype: 'bool', bytesPerElement: 1, viewOf: (...view) => new Uint8Array(...view) },
];

const BY_NAME = new Map(DTYPES.map((dtype) => [dtype.name, dtype]));

/** Names of the dtypes that can be read and written, for messages. */
export const SAFETENSORS_DTYPE_NAMES: string = DTYPES.map(({ name }) => name).join(', ');

/** The dtype that a file calls `name`; `undefined` for one that is not supported. */
export function safetensorsDtype(name: string): SafetensorsDtype | undefined {
  return BY_NAME.get(name);
}

/** The dtype under which a host tensor is written, and its place in the order of writing. */
export function safetensorsDtypeOf(hostDtype: HostTensor['dtype']): SafetensorsDtype & { readonly rank: number } {
  const rank = DTYPES.findIndex(({ dtype }) => dtype === hostDtype);
  return { ...DTYPES[rank]!, rank };
}
