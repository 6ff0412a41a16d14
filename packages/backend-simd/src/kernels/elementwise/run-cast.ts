import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import type { WasmKernelName } from '../../wasm/generated/kernel-names.ts';
import { elementwiseJob } from './elementwise-job.ts';

/** Kernels by `from->to`. */
const KERNELS: Readonly<Record<string, WasmKernelName>> = {
  'int32->float32': 'floatFromInt',
  'float32->int32': 'intFromFloat',
  'bool->float32': 'floatFromBool',
  'bool->int32': 'intFromBool',
};

/** The elements of `x` as another dtype; `undefined` for dtypes without a kernel. */
export function runCast(backend: SimdBackend, x: TensorInfo, dtype: string): TensorInfo | undefined {
  const kernel = KERNELS[`${x.dtype}->${dtype}`];
  if (!kernel) return undefined;
  const size = util.sizeFromShape(x.shape);
  const source = backend.pointer(x);
  const y = backend.output(x.shape, dtype as 'float32' | 'int32');
  backend.run(elementwiseJob(kernel, size, [source, y.pointer, size]));
  return y.info;
}
