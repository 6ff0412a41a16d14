import { backend_util, type GradConfig } from '@tensorflow/tfjs-core';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from '../kernels/depthwise-backprop.ts';
import type { KernelPadding } from '../kernels/explicit-padding.ts';
import type { WindowAxis } from '../shape/window-axis.ts';
import { defineGradient } from './define-gradient.ts';

type DepthwiseAttrs = {
  strides: [number, number] | number;
  pad: KernelPadding | 'same' | number;
  dilations: [number, number] | number;
  dimRoundingMode: 'floor' | 'round' | 'ceil';
};
type ConvInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/** Gradient of depthwise convolutions. */
export const depthwiseGradients: readonly GradConfig[] = [
  defineGradient<DepthwiseAttrs>('DepthwiseConv2dNative', { inputs: ['x', 'filter'] }, (dy, [x, filter], attrs) => {
    const [inputShape, filterShape] = [x!.shape, filter!.shape] as [Shape4, Shape4];
    const { strides, pad, dilations, dimRoundingMode } = attrs;
    const padding = pad as Parameters<typeof backend_util.computeConv2DInfo>[4];
    const info = backend_util.computeConv2DInfo(
      inputShape,
      filterShape,
      strides,
      dilations,
      padding,
      dimRoundingMode,
      true,
    );
    const call = { height: heightOf(info), width: widthOf(info) };
    return {
      x: () => depthwiseBackpropInput(dy, filter!, inputShape, call),
      filter: () => depthwiseBackpropFilter(x!, dy, filterShape, call),
    };
  }),
];

type Shape4 = [number, number, number, number];

function heightOf(info: ConvInfo): WindowAxis {
  return {
    inputSize: info.inHeight,
    kernelSize: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    paddingBegin: info.padInfo.top,
    paddingEnd: info.padInfo.bottom,
  };
}

function widthOf(info: ConvInfo): WindowAxis {
  return {
    inputSize: info.inWidth,
    kernelSize: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    paddingBegin: info.padInfo.left,
    paddingEnd: info.padInfo.right,
  };
}
