import { engine, getBackend, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Pair } from '../shape/pair.ts';
import type { KernelPadding } from './explicit-padding.ts';
import { sampleAxis, spreadAxis } from './spread-axis.ts';

/** A convolution as kernels take it, NHWC by HWIO. */
export type Conv2dKernelAttrs = {
  strides: [number, number] | number;
  pad: KernelPadding | 'same' | number;
  /** Default 1. */
  dilations?: [number, number] | number;
};

/** Backends whose gradient kernels read `dilations`; the others get a filter with zeros between its entries. */
const HONOUR_DILATIONS: ReadonlySet<string> = new Set(['simd']);

/** Gradient of a convolution with respect to its input `[N, H, W, I]`. */
export function conv2dBackpropInput(
  dy: Tensor,
  filter: Tensor,
  inputShape: number[],
  attrs: Conv2dKernelAttrs,
): Tensor {
  const dilation = asPair(attrs.dilations ?? 1);
  const native = isDense(dilation) || HONOUR_DILATIONS.has(getBackend());
  const inputs = { dy, filter: native ? filter : spreadFilter(filter, dilation) };
  return engine().runKernel<Tensor>('Conv2DBackpropInput', inputs, { ...kernelAttrs(attrs, native), inputShape });
}

/** Gradient of a convolution with respect to its filter `[kH, kW, I, O]`. */
export function conv2dBackpropFilter(x: Tensor, dy: Tensor, filterShape: number[], attrs: Conv2dKernelAttrs): Tensor {
  const dilation = asPair(attrs.dilations ?? 1);
  const native = isDense(dilation) || HONOUR_DILATIONS.has(getBackend());
  const [kernelHeight, kernelWidth, into, out] = filterShape as [number, number, number, number];
  const span = [dilation[0] * (kernelHeight - 1) + 1, dilation[1] * (kernelWidth - 1) + 1, into, out];
  const gradient = engine().runKernel<Tensor>(
    'Conv2DBackpropFilter',
    { x, dy },
    { ...kernelAttrs(attrs, native), filterShape: native ? filterShape : span },
  );
  return native ? gradient : sampleAxis(sampleAxis(gradient, 0, dilation[0]), 1, dilation[1]);
}

/** A dense convolution by a filter with zeros between its rows and columns is the dilated one. */
function spreadFilter(filter: Tensor, dilation: Pair): Tensor {
  return spreadAxis(spreadAxis(filter, 0, dilation[0]), 1, dilation[1]);
}

function kernelAttrs({ strides, pad, dilations }: Conv2dKernelAttrs, native: boolean): NamedAttrMap {
  return {
    strides,
    pad,
    dilations: native ? (dilations ?? [1, 1]) : [1, 1],
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  };
}

function asPair(sides: [number, number] | number): Pair {
  return typeof sides === 'number' ? [sides, sides] : sides;
}

function isDense([height, width]: Pair): boolean {
  return height === 1 && width === 1;
}
