import type { HostTensor } from '../nn/state-entry.ts';
import { fromBfloat16Bits, fromFloat16Bits } from './half-floats.ts';

/** The elements of a host tensor of any dtype as float32, in a new array. */
export function float32Values({ dtype, data }: HostTensor): Float32Array {
  if (data instanceof BigInt64Array) return Float32Array.from(data, Number);
  if (dtype === 'float16') return Float32Array.from(data, fromFloat16Bits);
  if (dtype === 'bfloat16') return Float32Array.from(data, fromBfloat16Bits);
  return Float32Array.from(data);
}
