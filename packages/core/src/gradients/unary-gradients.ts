import {
  add,
  cos,
  div,
  exp,
  type GradConfig,
  greaterEqual,
  lessEqual,
  logicalAnd,
  mul,
  neg,
  sigmoid,
  sign,
  sin,
  square,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Gradients of kernels that map each element by itself. */
export const unaryGradients: readonly GradConfig[] = [
  ofInput('Abs', (dy, x) => mul(dy, sign(x))),
  ofInput('Square', (dy, x) => mul(dy, mul(2, x))),
  ofInput('Log', (dy, x) => div(dy, x)),
  ofInput('Log1p', (dy, x) => div(dy, add(1, x))),
  ofInput('Expm1', (dy, x) => mul(dy, exp(x))),
  ofInput('Reciprocal', (dy, x) => neg(div(dy, square(x)))),
  ofInput('Sin', (dy, x) => mul(dy, cos(x))),
  ofInput('Cos', (dy, x) => neg(mul(dy, sin(x)))),
  ofInput('Erf', (dy, x) => mul(dy, mul(2 / Math.sqrt(Math.PI), exp(neg(square(x)))))),
  ofInput('Softplus', (dy, x) => mul(dy, sigmoid(x))),
  ofOutput('Exp', (dy, y) => mul(dy, y)),
  ofOutput('Sqrt', (dy, y) => div(dy, mul(2, y))),
  ofOutput('Rsqrt', (dy, y) => mul(dy, mul(-0.5, mul(y, square(y))))),
  ofOutput('Sigmoid', (dy, y) => mul(dy, mul(y, add(1, neg(y))))),
  ofOutput('Tanh', (dy, y) => mul(dy, add(1, neg(square(y))))),
  defineGradient('Neg', {}, (dy) => ({ x: () => neg(dy) })),
  ...['Step', 'Sign', 'Floor', 'Ceil', 'Round', 'ZerosLike', 'OnesLike'].map((kernelName) =>
    defineGradient(kernelName, {}, (dy) => ({ x: () => zerosLike(dy) })),
  ),
  defineGradient<{ clipValueMin: number; clipValueMax: number }>(
    'ClipByValue',
    { inputs: ['x'] },
    (dy, [x], attrs) => ({
      x: () => {
        const inside = logicalAnd(greaterEqual(x!, attrs.clipValueMin), lessEqual(x!, attrs.clipValueMax));
        return where(inside, dy, zerosLike(dy));
      },
    }),
  ),
];

function ofInput(kernelName: string, gradient: (dy: Tensor, x: Tensor) => Tensor): GradConfig {
  return defineGradient(kernelName, { inputs: ['x'] }, (dy, [x]) => ({ x: () => gradient(dy, x!) }));
}

function ofOutput(kernelName: string, gradient: (dy: Tensor, y: Tensor) => Tensor): GradConfig {
  return defineGradient(kernelName, { output: true }, (dy, [y]) => ({ x: () => gradient(dy, y!) }));
}
