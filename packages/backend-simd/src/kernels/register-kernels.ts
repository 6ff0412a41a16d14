import {
  getKernel,
  getKernelsForBackend,
  type KernelConfig,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { aliasKernels } from './alias-kernels.ts';
import { convKernels } from './conv/conv-kernels.ts';
import { elementwiseKernels } from './elementwise/elementwise-kernels.ts';
import { matmulKernels } from './matmul/matmul-kernels.ts';
import { plainKernel } from './plain-kernel.ts';
import { poolKernels } from './pool/pool-kernels.ts';

const simdKernels: readonly KernelConfig[] = [
  ...convKernels,
  ...elementwiseKernels,
  ...matmulKernels,
  ...poolKernels,
  ...aliasKernels,
];

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
