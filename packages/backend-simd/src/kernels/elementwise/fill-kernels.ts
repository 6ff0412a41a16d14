import { Fill, type KernelConfig, OnesLike, type TensorInfo, util, ZerosLike } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import { elementwiseJob } from './elementwise-job.ts';

interface FillAttrs {
  readonly shape: number[];
  readonly value: number | string;
  readonly dtype?: string;
}

/** Kernels that make a tensor of one value. */
export const fillKernels: readonly KernelConfig[] = [
  simdKernel<Record<never, never>, FillAttrs>(Fill, ({ attrs, backend }) => {
    const { shape, value, dtype } = attrs;
    if (typeof value === 'number' && (dtype ?? 'float32') === 'float32') return filled(backend, shape, value);
    return runPlainKernel(Fill, { inputs: {}, attrs, backend });
  }),
  float32Kernel<{ x: TensorInfo }>(OnesLike, ({ inputs: { x }, backend }) => filled(backend, x.shape, 1)),
  float32Kernel<{ x: TensorInfo }>(ZerosLike, ({ inputs: { x }, backend }) => filled(backend, x.shape, 0)),
];

/** A float32 tensor in which every element is `value`. */
function filled(backend: SimdBackend, shape: readonly number[], value: number): TensorInfo {
  const size = util.sizeFromShape([...shape]);
  const y = backend.output(shape);
  backend.run(elementwiseJob('fill', size, [y.pointer, size, value]));
  return y.info;
}
