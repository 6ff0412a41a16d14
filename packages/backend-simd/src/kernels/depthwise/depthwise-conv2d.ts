import {
  type backend_util,
  DepthwiseConv2dNative,
  FusedDepthwiseConv2D,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { runBinary } from '../binary/run-binary.ts';
import { type ActivationAttrs, applyActivation } from '../conv/apply-activation.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { type DepthwiseAttrs, depthwiseGeometry, isSupported, placeDepthwise } from './depthwise-geometry.ts';

type Inputs = { x: TensorInfo; filter: TensorInfo };

/** Convolution of each channel of `x` `[N, H, W, C]` by its own `filter` `[kH, kW, C, 1]`. Returns `[N, outH, outW, C]`. */
export const depthwiseConv2d: KernelConfig = float32Kernel<Inputs, DepthwiseAttrs>(
  DepthwiseConv2dNative,
  ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    const info = depthwiseGeometry(x.shape, filter.shape, attrs);
    if (isSupported(info, x, filter)) return runDepthwise(backend, { x, filter, info });
    return runPlainKernel(DepthwiseConv2dNative, { inputs, attrs, backend });
  },
);

/** The same with bias `[C]` and activation. */
export const fusedDepthwiseConv2d: KernelConfig = float32Kernel<
  Inputs & { bias?: TensorInfo; preluActivationWeights?: TensorInfo },
  DepthwiseAttrs & ActivationAttrs
>(FusedDepthwiseConv2D, ({ inputs, attrs, backend }) => {
  const { x, filter, bias, preluActivationWeights: alpha } = inputs;
  const info = depthwiseGeometry(x.shape, filter.shape, attrs);
  if (!isSupported(info, x, filter)) return runPlainKernel(FusedDepthwiseConv2D, { inputs, attrs, backend });
  let y = runDepthwise(backend, { x, filter, info });
  if (bias) {
    const biased = runBinary(backend, 'add', { a: y, b: bias })!;
    backend.disposeIntermediateTensorInfo(y);
    y = biased;
  }
  return applyActivation(backend, y, { attrs, alpha });
});

function runDepthwise(
  backend: SimdBackend,
  { x, filter, info }: Inputs & { info: backend_util.Conv2DInfo },
): TensorInfo {
  const y = backend.output(info.outShape);
  const [source, weights] = [backend.pointer(x), backend.pointer(filter)];
  const shape = placeDepthwise(backend, info);
  backend.run({
    kernel: 'depthwise',
    args: [shape.pointer, source, weights, y.pointer],
    tasks: info.batchSize * info.outHeight,
    work: util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth,
  });
  shape.release();
  return y.info;
}
