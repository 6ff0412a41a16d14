import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamUpdate } from './adam-update.ts';
import { sgdUpdate } from './sgd-update.ts';

/** Updates of all parameters at once; `ExtensionKernels` of `@cnn/core`. */
export const optimizerKernels: readonly KernelConfig[] = [adamUpdate, sgdUpdate];
