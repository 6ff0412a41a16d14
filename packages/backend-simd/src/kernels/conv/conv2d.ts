import { Conv2D, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { packPanels } from '../tile/pack-panels.ts';
import { type Conv2DAttrs, conv2DGeometry, forwardPlan, isChannelsFirst, isEmpty } from './conv2d-geometry.ts';
import { convolve, rowsPerTask } from './convolve.ts';

/** Convolution of `x` `[N, H, W, C]` with `filter` `[kH, kW, C, K]`. Returns `[N, outH, outW, K]`. */
export const conv2d: KernelConfig = float32Kernel<{ x: TensorInfo; filter: TensorInfo }, Conv2DAttrs>(
  Conv2D,
  ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    if (isChannelsFirst(attrs) || isEmpty(x, filter)) return runPlainKernel(Conv2D, { inputs, attrs, backend });
    return runConv2D(backend, x, { filter, attrs });
  },
);

/** The convolution itself, with bias `[K]` and ReLU where given. */
export function runConv2D(
  backend: SimdBackend,
  x: TensorInfo,
  layer: { filter: TensorInfo; attrs: Conv2DAttrs; bias?: TensorInfo; relu?: boolean },
): TensorInfo {
  const { filter, attrs, bias, relu = false } = layer;
  const info = conv2DGeometry(x.shape, filter.shape, attrs);
  const y = backend.output(info.outShape);
  if (isEmpty(y.info)) return y.info;
  const [kernelHeight, kernelWidth, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const packed = packPanels(backend, {
    pointer: backend.pointer(filter),
    blocks: [0],
    blockRows: kernelHeight * kernelWidth * inChannels,
    columns: outChannels,
    rowStride: outChannels,
    columnStride: 1,
  });
  convolve(backend, forwardPlan(info, rowsPerTask(info.outHeight, info.outWidth)), {
    images: info.batchSize,
    source: backend.pointer(x),
    packedWeights: packed.pointer,
    bias: bias ? backend.pointer(bias) : 0,
    relu,
    target: y.pointer,
  });
  packed.release();
  return y.info;
}
