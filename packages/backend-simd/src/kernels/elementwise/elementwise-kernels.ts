import type { KernelConfig } from '@tensorflow/tfjs-core';
import { relu } from './relu.ts';

/** Kernels that compute each element on its own. */
export const elementwiseKernels: readonly KernelConfig[] = [relu];
