import type { KernelConfig } from '@tensorflow/tfjs-core';
import { conv2d, fusedConv2d } from './conv2d.ts';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './conv2d-backprop-input.ts';

/** Convolution and its gradients. */
export const convKernels: readonly KernelConfig[] = [conv2d, fusedConv2d, conv2dBackpropFilter, conv2dBackpropInput];
