import { Conv2D, FusedConv2D, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { DeferredConvolution } from '../fusion/deferred-convolution.ts';
import { isBiasShape } from '../fusion/fuse-into-convolution.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { type ActivationAttrs, applyActivation } from './apply-activation.ts';
import { type Conv2DAttrs, conv2DGeometry, isChannelsFirst, isEmpty } from './conv2d-geometry.ts';

/**
 * Convolution of `x` `[N, H, W, C]` with `filter` `[kH, kW, C, K]`. Returns `[N, outH, outW, K]`, not computed before
 * something needs its elements: what needs them may be a max pooling, which computes both at once.
 */
export const conv2d: KernelConfig = float32Kernel<{ x: TensorInfo; filter: TensorInfo }, Conv2DAttrs>(
  Conv2D,
  ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    if (isChannelsFirst(attrs) || isEmpty(x, filter)) return runPlainKernel(Conv2D, { inputs, attrs, backend });
    return deferConvolution(backend, x, { filter, attrs, bias: undefined, relu: false });
  },
);

/** The same with bias `[K]` and activation. */
export const fusedConv2d: KernelConfig = float32Kernel<
  { x: TensorInfo; filter: TensorInfo; bias?: TensorInfo; preluActivationWeights?: TensorInfo },
  Conv2DAttrs & ActivationAttrs
>(FusedConv2D, ({ inputs, attrs, backend }) => {
  const { x, filter, bias, preluActivationWeights: alpha } = inputs;
  const channels = filter.shape[3] ?? 0;
  if (isChannelsFirst(attrs) || isEmpty(x, filter) || (bias && !isBiasShape(bias.shape, channels))) {
    return runPlainKernel(FusedConv2D, { inputs, attrs, backend });
  }
  const relu = attrs.activation === 'relu';
  const y = deferConvolution(backend, x, { filter, attrs, bias, relu });
  return relu ? y : applyActivation(backend, y, { attrs, alpha });
});

function deferConvolution(
  backend: SimdBackend,
  x: TensorInfo,
  layer: { filter: TensorInfo; attrs: Conv2DAttrs; bias: TensorInfo | undefined; relu: boolean },
): TensorInfo {
  const { filter, attrs, bias, relu } = layer;
  const info = conv2DGeometry(x.shape, filter.shape, attrs);
  const deferred = new DeferredConvolution(backend, {
    info,
    input: backend.buffer(x),
    filter: backend.buffer(filter),
    bias: bias && backend.buffer(bias),
    relu,
  });
  return backend.adopt(info.outShape, 'float32', { deferred });
}
