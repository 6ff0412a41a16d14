import type { KernelConfig } from '@tensorflow/tfjs-core';
import { concat } from './concat.ts';
import { gather } from './gather.ts';
import { pad } from './pad.ts';
import { slice } from './slice.ts';
import { transpose } from './transpose.ts';

/** Kernels that move elements and compute nothing. */
export const rearrangeKernels: readonly KernelConfig[] = [concat, gather, pad, slice, transpose];
