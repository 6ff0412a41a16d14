import type { KernelConfig } from '@tensorflow/tfjs-core';
import { batchMatMul } from './batch-matmul.ts';
import { fusedMatMul } from './fused-matmul.ts';

/** Matrix products. */
export const matmulKernels: readonly KernelConfig[] = [batchMatMul, fusedMatMul];
