import type { KernelConfig } from '@tensorflow/tfjs-core';
import { avgPool, avgPoolGrad } from './avg-pool.ts';
import { maxPool, maxPoolGrad } from './max-pool.ts';

/** Pooling and its gradients. */
export const poolKernels: readonly KernelConfig[] = [avgPool, avgPoolGrad, maxPool, maxPoolGrad];
