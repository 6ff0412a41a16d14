import {
  cast,
  div,
  type GradConfig,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  mul,
  neg,
  pow,
  sub,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

const OPERANDS = { inputs: ['a', 'b'] };

/** Gradients of kernels with two operands that broadcast. */
export const arithmeticGradients: readonly GradConfig[] = [
  defineGradient('Add', OPERANDS, (dy, [a, b]) => ({
    a: () => sumToShape(dy, a!.shape),
    b: () => sumToShape(dy, b!.shape),
  })),
  defineGradient('Sub', OPERANDS, (dy, [a, b]) => ({
    a: () => sumToShape(dy, a!.shape),
    b: () => sumToShape(neg(dy), b!.shape),
  })),
  defineGradient('Multiply', OPERANDS, (dy, [a, b]) => ({
    a: () => sumToShape(mul(dy, float(b!)), a!.shape),
    b: () => sumToShape(mul(dy, float(a!)), b!.shape),
  })),
  defineGradient('RealDiv', OPERANDS, (dy, [a, b]) => ({
    a: () => sumToShape(div(dy, float(b!)), a!.shape),
    b: () => sumToShape(neg(div(mul(dy, float(a!)), mul(float(b!), float(b!)))), b!.shape),
  })),
  defineGradient('Maximum', OPERANDS, (dy, [a, b]) => ({
    a: () => sumToShape(mul(dy, float(greaterEqual(a!, b!))), a!.shape),
    b: () => sumToShape(mul(dy, float(less(a!, b!))), b!.shape),
  })),
  defineGradient('Minimum', OPERANDS, (dy, [a, b]) => ({
    a: () => sumToShape(mul(dy, float(lessEqual(a!, b!))), a!.shape),
    b: () => sumToShape(mul(dy, float(greater(a!, b!))), b!.shape),
  })),
  defineGradient('SquaredDifference', OPERANDS, (dy, [a, b]) => {
    const slope = () => mul(dy, mul(2, sub(a!, b!)));
    return { a: () => sumToShape(slope(), a!.shape), b: () => sumToShape(neg(slope()), b!.shape) };
  }),
  defineGradient('Pow', { inputs: ['a', 'b'], output: true }, (dy, [a, b, y]) => ({
    a: () => sumToShape(mul(dy, mul(float(b!), pow(a!, sub(float(b!), 1)))), a!.shape),
    // The logarithm of a base that is not positive is undefined; its exponent gets no gradient, as in TensorFlow.
    b: () => {
      const logarithm = where(greater(a!, 0), log(a!), zerosLike(a!));
      return sumToShape(mul(dy, mul(y!, logarithm)), b!.shape);
    },
  })),
];

function float(tensor: Tensor): Tensor {
  return tensor.dtype === 'float32' ? tensor : cast(tensor, 'float32');
}
