import { backend_util, type GradConfig, reshape, transpose } from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Gradients of kernels that move elements and compute nothing. */
export const shapeGradients: readonly GradConfig[] = [
  defineGradient('Identity', {}, (dy) => ({ x: () => dy.clone() })),
  defineGradient('Cast', {}, (dy) => ({ x: () => dy.clone() })),
  defineGradient('Reshape', { inputs: ['x'] }, (dy, [x]) => ({ x: () => reshape(dy, x!.shape) })),
  defineGradient('ExpandDims', { inputs: ['input'] }, (dy, [input]) => ({ input: () => reshape(dy, input!.shape) })),
  defineGradient<{ perm: number[] }>('Transpose', {}, (dy, _, { perm }) => ({
    x: () => transpose(dy, backend_util.getUndoAxesPermutation(perm)),
  })),
];
