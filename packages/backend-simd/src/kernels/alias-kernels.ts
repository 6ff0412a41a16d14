import {
  Cast,
  type DataType,
  Identity,
  type KernelConfig,
  Reshape,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../simd-backend.ts';
import { runCast } from './elementwise/run-cast.ts';
import { runPlainKernel } from './plain-kernel.ts';
import { simdKernel } from './simd-kernel.ts';

/** The same elements under another shape: nothing is computed, not even what was put off. */
export function alias(backend: SimdBackend, x: TensorInfo, shape: number[]): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape, dtype: x.dtype };
}

const identity = simdKernel<{ x: TensorInfo }>(Identity, ({ inputs: { x }, backend }) => alias(backend, x, x.shape));

const reshape = simdKernel<{ x: TensorInfo }, { shape: number[] }>(
  Reshape,
  ({ inputs: { x }, attrs: { shape }, backend }) => {
    const inferred = util.inferFromImplicitShape(shape, util.sizeFromShape(x.shape));
    util.assert(
      util.sizeFromShape(inferred) === util.sizeFromShape(x.shape),
      () => `The new shape (${inferred}) has a different number of elements than the old shape (${x.shape})`,
    );
    return alias(backend, x, inferred);
  },
);

const cast = simdKernel<{ x: TensorInfo }, { dtype: DataType }>(Cast, ({ inputs, attrs, backend }) => {
  const { x } = inputs;
  if (x.dtype === attrs.dtype) return alias(backend, x, x.shape);
  return runCast(backend, x, attrs.dtype) ?? runPlainKernel(Cast, { inputs, attrs, backend });
});

/** Kernels that return their input's data. */
export const aliasKernels: readonly KernelConfig[] = [cast, identity, reshape];
