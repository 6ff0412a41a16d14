import type { HostTensor } from '@cnn/core';

type ArrayType = {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): HostTensor['data'];
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): HostTensor['data'];
};

const ARRAY_TYPES: Readonly<Record<HostTensor['dtype'], ArrayType>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/** An array of zeros for `length` elements of `dtype`. */
export function newHostArray(dtype: HostTensor['dtype'], length: number): HostTensor['data'] {
  return new ARRAY_TYPES[dtype](length);
}

/** `bytes` as elements of `dtype`: a view where they are aligned, otherwise a copy. */
export function viewHostArray(dtype: HostTensor['dtype'], bytes: Uint8Array): HostTensor['data'] {
  const type = ARRAY_TYPES[dtype];
  const aligned = bytes.byteOffset % type.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new type(aligned.buffer, aligned.byteOffset, bytes.length / type.BYTES_PER_ELEMENT);
}
