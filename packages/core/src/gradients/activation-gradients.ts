import {
  add,
  engine,
  exp,
  type GradConfig,
  getBackend,
  getKernel,
  greater,
  mul,
  step,
  sub,
  sum,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

/** Gradient of ReLU from its output, so that a backend may have fused what came before it. */
function reluGradient(dy: Tensor, y: Tensor): Tensor {
  const fused = getKernel('ReluGrad', getBackend());
  return fused ? engine().runKernel<Tensor>('ReluGrad', { dy, y }) : mul(dy, step(y));
}

/** Gradients of activation kernels. */
export const activationGradients: readonly GradConfig[] = [
  defineGradient('Relu', { output: true }, (dy, [y]) => ({ x: () => reluGradient(dy, y!) })),
  defineGradient('Relu6', { output: true }, (dy, [y]) => ({
    x: () => mul(dy, mul(step(y!), step(sub(6, y!)))),
  })),
  defineGradient<{ alpha: number }>('LeakyRelu', { inputs: ['x'] }, (dy, [x], { alpha }) => ({
    x: () => mul(dy, step(x!, alpha)),
  })),
  defineGradient('Elu', { output: true }, (dy, [y]) => ({
    x: () => where(greater(y!, 0), dy, mul(dy, add(y!, 1))),
  })),
  defineGradient('Prelu', { inputs: ['x', 'alpha'] }, (dy, [x, alpha]) => {
    const positive = greater(x!, 0);
    return {
      x: () => where(positive, dy, mul(dy, alpha!)),
      alpha: () => sumToShape(where(positive, zerosLike(dy), mul(dy, x!)), alpha!.shape),
    };
  }),
  defineGradient<{ dim: number }>('Softmax', { output: true }, (dy, [y], { dim }) => ({
    logits: () => {
      const weighted = mul(dy, y!);
      return sub(weighted, mul(sum(weighted, dim, true), y!));
    },
  })),
  defineGradient<{ axis: number }>('LogSoftmax', { output: true }, (dy, [y], { axis }) => ({
    logits: () => sub(dy, mul(sum(dy, axis, true), exp(y!))),
  })),
];
