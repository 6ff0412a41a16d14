import { engine, type GradConfig, sum, type Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import { conv2dBackpropFilter, conv2dBackpropInput } from '../kernels/conv2d-backprop.ts';
import type { KernelPadding } from '../kernels/explicit-padding.ts';
import { defineGradient, type InputGradients } from './define-gradient.ts';

type Conv2dAttrs = {
  strides: [number, number] | number;
  pad: KernelPadding | 'same' | number;
  dilations?: [number, number] | number;
  dataFormat: string;
  activation?: string;
};

/** Gradients of convolutions, dilated ones included, plain and with a bias fused. */
export const conv2dGradients: readonly GradConfig[] = [
  defineGradient<Conv2dAttrs>('Conv2D', { inputs: ['x', 'filter'] }, gradient),
  defineGradient<Conv2dAttrs>('FusedConv2D', { inputs: ['x', 'filter'] }, gradient),
  // As a transposed convolution runs it.
  defineGradient<Conv2dAttrs>('Conv2DBackpropInput', { inputs: ['dy', 'filter'] }, (ddx, [dy, filter], attrs) => ({
    dy: () => engine().runKernel<Tensor>('Conv2D', { x: ddx, filter: filter! }, forwardAttrs(attrs)),
    filter: () => conv2dBackpropFilter(ddx, dy!, filter!.shape, attrs),
  })),
];

function gradient(dy: Tensor, [x, filter]: Tensor[], attrs: Conv2dAttrs): InputGradients {
  if (attrs.dataFormat === 'NCHW' || (attrs.activation ?? 'linear') !== 'linear') {
    throw new CnnError('unsupported', {
      where: 'gradient of a convolution',
      expected: 'images in NHWC and no fused activation',
      received: `${attrs.dataFormat}, activation ${attrs.activation ?? 'linear'}`,
      remedy: 'Transpose the images to NHWC and apply the activation after the convolution',
    });
  }
  return {
    x: () => conv2dBackpropInput(dy, filter!, x!.shape, attrs),
    filter: () => conv2dBackpropFilter(x!, dy, filter!.shape, attrs),
    bias: () => sum(dy, [0, 1, 2]),
  };
}

function forwardAttrs({ strides, pad, dilations = [1, 1] }: Conv2dAttrs): Conv2dAttrs & { dimRoundingMode: string } {
  return { strides, pad, dilations, dataFormat: 'NHWC', dimRoundingMode: 'floor' };
}
