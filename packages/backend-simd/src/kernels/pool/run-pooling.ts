import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import type { WasmKernelName } from '../../wasm/generated/kernel-names.ts';
import { alias } from '../alias-kernels.ts';
import { type PoolAttrs, placePooling, poolGeometry } from './place-pooling.ts';

/** Whether the windows are the pixels themselves, wherever the strides would put them: tfjs-core's tests want `x`. */
function isIdentity(info: backend_util.Conv2DInfo): boolean {
  return info.filterHeight === 1 && info.filterWidth === 1 && util.arraysEqual(info.inShape, info.outShape);
}

/** Runs a pooling kernel `(shape, ...inputs, y, ...extra)`, one task a row of outputs. */
export function runPooling(
  backend: SimdBackend,
  pooling: { kernel: WasmKernelName; x: TensorInfo; attrs: PoolAttrs; extra?: readonly number[] },
): TensorInfo {
  const { kernel, x, attrs, extra = [] } = pooling;
  const info = poolGeometry(x.shape, attrs);
  if (isIdentity(info)) return alias(backend, x, x.shape);
  const y = backend.output(info.outShape);
  const size = util.sizeFromShape(info.outShape);
  if (size === 0) return y.info;
  const shape = placePooling(backend, info);
  backend.run({
    kernel,
    args: [shape.pointer, backend.pointer(x), y.pointer, ...extra],
    tasks: info.batchSize * info.outHeight,
    work: size * info.filterHeight * info.filterWidth,
  });
  shape.release();
  return y.info;
}

/** Runs the gradient of a pooling `(shape, ...inputs, dx, ...extra)`, one task an image and 16 channels. */
export function runPoolingGrad(
  backend: SimdBackend,
  pooling: {
    kernel: WasmKernelName;
    xShape: number[];
    attrs: PoolAttrs;
    inputs: readonly TensorInfo[];
    extra?: readonly number[];
  },
): TensorInfo {
  const { kernel, xShape, attrs, inputs, extra = [] } = pooling;
  const info = poolGeometry(xShape, attrs);
  const dx = backend.output(xShape);
  if (util.sizeFromShape(xShape) === 0) return dx.info;
  const shape = placePooling(backend, info);
  backend.run({
    kernel,
    args: [shape.pointer, ...inputs.map((input) => backend.pointer(input)), dx.pointer, ...extra],
    tasks: info.batchSize * Math.ceil(info.inChannels / 16),
    work: util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth * 2,
  });
  shape.release();
  return dx.info;
}
