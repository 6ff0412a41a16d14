import type { KernelConfig } from '@tensorflow/tfjs-core';
import { batchNormTraining } from './batch-norm-training.ts';
import { batchNormTrainingGrad } from './batch-norm-training-grad.ts';
import { fusedBatchNorm } from './fused-batch-norm.ts';

/** Batch normalisation. */
export const normalizeKernels: readonly KernelConfig[] = [batchNormTraining, batchNormTrainingGrad, fusedBatchNorm];
