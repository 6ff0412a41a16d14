import { add, concat, engine, reshape, split, type Tensor } from '@tensorflow/tfjs-core';
import type { WindowAxis } from '../shape/window-axis.ts';
import { explicitPadding, type KernelPadding, padWhereKernelsCannot } from './explicit-padding.ts';

/** How `conv2d` slides its filter. */
export interface Conv2dCall {
  /** `[O]`. */
  readonly bias?: Tensor | undefined;
  readonly height: WindowAxis;
  readonly width: WindowAxis;
  readonly groups: number;
}

/**
 * Convolves images `[N, H, W, I]` by `filter` `[kH, kW, I/groups, O]` (HWIO). One kernel call without groups: a backend
 * that fuses it with what follows sees `FusedConv2D` with activation `linear`, or `Conv2D` without bias.
 */
export function conv2d(input: Tensor, filter: Tensor, options: Conv2dCall): Tensor {
  const { images: x, height, width } = padWhereKernelsCannot({ images: input, ...options });
  const call = { ...options, height, width };
  if (call.groups === 1) return dense(x, filter, call);
  if (isDepthwise(x, call)) return depthwise(x, filter, call);
  const { bias, groups } = call;
  const filters = split(filter, groups, 3);
  const biases = bias ? split(bias, groups) : [];
  const outputs = split(x, groups, 3).map((part, i) => dense(part, filters[i]!, { ...call, bias: biases[i] }));
  return concat(outputs, 3);
}

function dense(x: Tensor, filter: Tensor, call: Conv2dCall): Tensor {
  const attrs = kernelAttrs(call);
  return call.bias
    ? engine().runKernel<Tensor>('FusedConv2D', { x, filter, bias: call.bias }, { ...attrs, activation: 'linear' })
    : engine().runKernel<Tensor>('Conv2D', { x, filter }, attrs);
}

/** Kernels for one filter a channel refuse a stride together with a dilation. */
function isDepthwise(x: Tensor, { groups, height, width }: Conv2dCall): boolean {
  const strided = height.stride > 1 || width.stride > 1;
  const dilated = height.dilation > 1 || width.dilation > 1;
  return groups === x.shape[3] && height.stride === width.stride && !(strided && dilated);
}

function depthwise(x: Tensor, filter: Tensor, call: Conv2dCall): Tensor {
  const [kernelHeight, kernelWidth, , out] = filter.shape as [number, number, number, number];
  const perChannel = reshape(filter, [kernelHeight, kernelWidth, call.groups, out / call.groups]);
  const maps = engine().runKernel<Tensor>('DepthwiseConv2dNative', { x, filter: perChannel }, kernelAttrs(call));
  return call.bias ? add(maps, call.bias) : maps;
}

function kernelAttrs({ height, width }: Conv2dCall): {
  strides: number[];
  pad: KernelPadding;
  dilations: number[];
  dataFormat: string;
  dimRoundingMode: string;
} {
  return {
    strides: [height.stride, width.stride],
    pad: explicitPadding(height, width),
    dilations: [height.dilation, width.dilation],
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  };
}
