import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';

/** Attributes of tfjs-core's depthwise kernels. */
export interface DepthwiseAttrs {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes of a depthwise convolution, computed as tfjs-core does. */
export function depthwiseGeometry(
  xShape: readonly number[],
  filterShape: readonly number[],
  attrs: DepthwiseAttrs,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    xShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );
}

/** Whether the kernels compute it: one filter a channel, and something to compute. */
export function isSupported(info: backend_util.Conv2DInfo, ...tensors: readonly TensorInfo[]): boolean {
  return info.outChannels === info.inChannels && !tensors.some(({ shape }) => shape.includes(0));
}

/** Writes the shapes to linear memory, as assembly/depthwise/depthwise.ts reads them. The caller releases the block. */
export function placeDepthwise(backend: SimdBackend, info: backend_util.Conv2DInfo): LinearBuffer {
  return backend.constants([
    ...[info.inHeight, info.inWidth, info.inChannels, info.outHeight, info.outWidth],
    ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth],
    ...[info.dilationHeight, info.dilationWidth, info.padInfo.top, info.padInfo.left],
  ]);
}
