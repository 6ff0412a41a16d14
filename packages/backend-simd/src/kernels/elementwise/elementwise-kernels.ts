import type { KernelConfig } from '@tensorflow/tfjs-core';
import { addN } from './add-n.ts';
import { fillKernels } from './fill-kernels.ts';
import { relu } from './relu.ts';
import { reluGrad } from './relu-grad.ts';
import { unaryKernels } from './unary-kernels.ts';

/** Kernels that compute each element on its own. */
export const elementwiseKernels: readonly KernelConfig[] = [addN, ...fillKernels, relu, reluGrad, ...unaryKernels];
