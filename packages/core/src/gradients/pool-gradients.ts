import { engine, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelPadding } from '../kernels/explicit-padding.ts';
import { defineGradient } from './define-gradient.ts';

type PoolAttrs = {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: KernelPadding | 'same' | number;
  dimRoundingMode: 'floor' | 'round' | 'ceil';
};

/** Gradients of pooling over `[N, H, W, C]`. Max pooling gives it to the first maximum of a window, row-major. */
export const poolGradients: readonly GradConfig[] = [
  defineGradient<PoolAttrs>('MaxPool', { inputs: ['x'], output: true }, (dy, [input, output], attrs) => ({
    x: () => engine().runKernel<Tensor>('MaxPoolGrad', { dy, input: input!, output: output! }, poolAttrs(attrs)),
  })),
  defineGradient<PoolAttrs>('AvgPool', { inputs: ['x'] }, (dy, [input], attrs) => ({
    x: () => engine().runKernel<Tensor>('AvgPoolGrad', { dy, input: input! }, poolAttrs(attrs)),
  })),
];

function poolAttrs({ filterSize, strides, pad, dimRoundingMode }: PoolAttrs): PoolAttrs {
  return { filterSize, strides, pad, dimRoundingMode };
}
