import {
  getKernel,
  getKernelsForBackend,
  type KernelConfig,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { aliasKernels } from './alias-kernels.ts';
import { binaryKernels } from './binary/binary-kernels.ts';
import { convKernels } from './conv/conv-kernels.ts';
import { depthwiseKernels } from './depthwise/depthwise-kernels.ts';
import { elementwiseKernels } from './elementwise/elementwise-kernels.ts';
import { imageKernels } from './image/resize-bilinear.ts';
import { sparseSoftmaxCrossEntropy } from './loss/sparse-softmax-cross-entropy.ts';
import { matmulKernels } from './matmul/matmul-kernels.ts';
import { normalizeKernels } from './normalize/normalize-kernels.ts';
import { optimizerKernels } from './optimizer/optimizer-kernels.ts';
import { plainKernel } from './plain-kernel.ts';
import { poolKernels } from './pool/pool-kernels.ts';
import { rearrangeKernels } from './rearrange/rearrange-kernels.ts';
import { reductionKernels } from './reduction/reduction-kernels.ts';
import { softmaxKernels } from './softmax/softmax-kernels.ts';

const simdKernels: readonly KernelConfig[] = [
  ...binaryKernels,
  ...convKernels,
  ...depthwiseKernels,
  ...elementwiseKernels,
  ...imageKernels,
  ...matmulKernels,
  ...normalizeKernels,
  ...optimizerKernels,
  ...poolKernels,
  ...rearrangeKernels,
  ...reductionKernels,
  ...softmaxKernels,
  sparseSoftmaxCrossEntropy,
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
