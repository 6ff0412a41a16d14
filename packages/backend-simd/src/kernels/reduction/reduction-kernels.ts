import { ArgMax, ArgMin, type KernelConfig, Max, Mean, Min, Sum, type TensorInfo } from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { fuseSum } from '../fusion/sparse-conv-gradients.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { argExtremeKernel } from './arg-extreme.ts';
import { type ReduceOptions, reduce } from './reduce.ts';

interface ReductionAttrs {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims: boolean;
}

/** Kernels that fold axes. */
export const reductionKernels: readonly KernelConfig[] = [
  reductionKernel(Sum, { operation: 'sum' }),
  reductionKernel(Mean, { operation: 'sum', mean: true }),
  reductionKernel(Max, { operation: 'max' }),
  reductionKernel(Min, { operation: 'min' }),
  argExtremeKernel(ArgMax, 1),
  argExtremeKernel(ArgMin, -1),
];

function reductionKernel(kernelName: string, how: Pick<ReduceOptions, 'operation' | 'mean'>): KernelConfig {
  return float32Kernel<{ x: TensorInfo }, ReductionAttrs>(kernelName, ({ inputs, attrs, backend }) => {
    // tfjs-core calls the axes of Max `reductionIndices`.
    const axes = attrs.axis ?? attrs.reductionIndices ?? inputs.x.shape.map((_, axis) => axis);
    if (kernelName === Sum && !attrs.keepDims) {
      const fused = fuseSum(backend, inputs.x, axes);
      if (fused) return fused;
    }
    const result = reduce(backend, inputs.x, { ...how, axes, keepDims: attrs.keepDims });
    return result ?? runPlainKernel(kernelName, { inputs, attrs, backend });
  });
}
