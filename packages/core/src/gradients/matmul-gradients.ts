import { type GradConfig, matMul } from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

type MatMulAttrs = { transposeA: boolean; transposeB: boolean };

/** Gradient of matrix products, `[..., M, K] × [..., K, N]`, whose leading axes may broadcast. */
export const matmulGradients: readonly GradConfig[] = [
  defineGradient<MatMulAttrs>('BatchMatMul', { inputs: ['a', 'b'] }, (dy, [a, b], { transposeA, transposeB }) => ({
    a: () => sumToShape(transposeA ? matMul(b!, dy, transposeB, true) : matMul(dy, b!, false, !transposeB), a!.shape),
    b: () => sumToShape(transposeB ? matMul(dy, a!, true, transposeA) : matMul(a!, dy, !transposeA, false), b!.shape),
  })),
];
