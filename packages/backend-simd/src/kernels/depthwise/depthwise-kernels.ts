import type { KernelConfig } from '@tensorflow/tfjs-core';
import { depthwiseConv2d, fusedDepthwiseConv2d } from './depthwise-conv2d.ts';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-gradients.ts';

/** Depthwise convolution and its gradients. */
export const depthwiseKernels: readonly KernelConfig[] = [
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  fusedDepthwiseConv2d,
];
