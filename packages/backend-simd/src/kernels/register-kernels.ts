import {
  getKernel,
  getKernelsForBackend,
  type KernelConfig,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../simd-backend.ts';
import { elementwiseKernels } from './elementwise/elementwise-kernels.ts';

const simdKernels: readonly KernelConfig[] = [...elementwiseKernels];

/** Registers every kernel of the backend with tfjs-core: ours, and the cpu backend's for what we do not have. */
export function registerKernels(): void {
  for (const kernel of simdKernels) replaceKernel(kernel);
  for (const kernel of getKernelsForBackend('cpu')) {
    if (!getKernel(kernel.kernelName, 'simd')) registerKernel(plainKernel(kernel));
  }
}

function replaceKernel(kernel: KernelConfig): void {
  if (getKernel(kernel.kernelName, kernel.backendName)) unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}

/** A kernel of the cpu backend, with its inputs computed before it takes views of them: computing may move memory. */
function plainKernel(kernel: KernelConfig): KernelConfig {
  return {
    ...kernel,
    backendName: 'simd',
    kernelFunc: (params) => {
      for (const input of Object.values(params.inputs)) settle(input, params.backend as SimdBackend);
      return kernel.kernelFunc(params);
    },
  };
}

function settle(input: TensorInfo | undefined, backend: SimdBackend): void {
  if (input && backend.record(input).deferred) backend.pointer(input);
}
