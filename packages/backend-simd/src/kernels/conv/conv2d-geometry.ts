import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvolutionPlan, Tap } from './convolution-plan.ts';

/** Attributes of tfjs-core's convolution kernels. Those of gradients lack `dilations` unless the caller adds them. */
export interface Conv2DAttrs {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes of a convolution, computed as tfjs-core does. */
export function conv2DGeometry(
  xShape: readonly number[],
  filterShape: readonly number[],
  attrs: Conv2DAttrs,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    xShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC'),
  );
}

/** Taps of a kernel in row-major order. */
function kernelTaps(info: backend_util.Conv2DInfo): readonly Tap[] {
  return Array.from({ length: info.filterHeight * info.filterWidth }, (_, i) => ({
    row: Math.floor(i / info.filterWidth) * info.dilationHeight,
    column: (i % info.filterWidth) * info.dilationWidth,
  }));
}

/** The forward pass of a convolution; how many rows a task computes is for the caller to say. */
export function forwardPlan(info: backend_util.Conv2DInfo): Omit<ConvolutionPlan, 'rowsPerTask'> {
  return {
    source: { rows: info.inHeight, columns: info.inWidth, channels: info.inChannels },
    origin: { row: -info.padInfo.top, column: -info.padInfo.left },
    step: { row: info.strideHeight, column: info.strideWidth },
    taps: kernelTaps(info),
    out: { rows: info.outHeight, columns: info.outWidth, channels: info.outChannels },
  };
}

/** True where there is nothing to compute, or a layout that the kernels do not read. */
export function isChannelsFirst(attrs: Conv2DAttrs): boolean {
  return attrs.dataFormat === 'NCHW';
}

/** True where any of the tensors has no elements. */
export function isEmpty(...tensors: readonly TensorInfo[]): boolean {
  return tensors.some((tensor) => tensor.shape.includes(0));
}
