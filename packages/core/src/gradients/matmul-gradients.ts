import { type GradConfig, matMul } from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

type MatMulAttrs = { transposeA: boolean; transposeB: boolean };

/** Gradient of matrix products, `[..., M, K] × [..., K, N]`. */
export const matmulGradients: readonly GradConfig[] = [
  defineGradient<MatMulAttrs>('BatchMatMul', { inputs: ['a', 'b'] }, (dy, [a, b], { transposeA, transposeB }) => ({
    a: () => (transposeA ? matMul(b!, dy, transposeB, true) : matMul(dy, b!, false, !transposeB)),
    b: () => (transposeB ? matMul(dy, a!, true, transposeA) : matMul(a!, dy, !transposeA, false)),
  })),
];
