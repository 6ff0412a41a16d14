import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { DeferredConvolution } from './deferred-convolution.ts';

/** The convolution that `x` stands for, where it has not been computed and `x` has its shape. */
export function deferredConvolution(backend: SimdBackend, x: TensorInfo): DeferredConvolution | undefined {
  const { deferred } = backend.record(x);
  if (!(deferred instanceof DeferredConvolution)) return undefined;
  return util.arraysEqual(x.shape, deferred.parts.info.outShape) ? deferred : undefined;
}

/** ReLU of a convolution that has not been computed, put off too; else `undefined`. */
export function fuseRelu(backend: SimdBackend, x: TensorInfo): TensorInfo | undefined {
  const convolution = deferredConvolution(backend, x);
  if (!convolution) return undefined;
  const deferred = new DeferredConvolution(backend, { ...convolution.parts, relu: true });
  return backend.adopt(x.shape, 'float32', { deferred });
}

/** `a + b` where one is a convolution that has not been computed and the other its bias, put off too; else `undefined`. */
export function fuseBias(backend: SimdBackend, a: TensorInfo, b: TensorInfo): TensorInfo | undefined {
  return fuseBiasInto(backend, a, b) ?? fuseBiasInto(backend, b, a);
}

function fuseBiasInto(backend: SimdBackend, x: TensorInfo, bias: TensorInfo): TensorInfo | undefined {
  const convolution = deferredConvolution(backend, x);
  if (!convolution || convolution.parts.bias || convolution.parts.relu) return undefined;
  if (!isBiasShape(bias.shape, convolution.parts.info.outChannels) || bias.dtype !== 'float32') return undefined;
  const parts = { ...convolution.parts, bias: backend.buffer(bias) };
  return backend.adopt(x.shape, 'float32', { deferred: new DeferredConvolution(backend, parts) });
}

/** `[K]`, or that with axes of length 1 before it. */
export function isBiasShape(shape: readonly number[], channels: number): boolean {
  return (
    shape.length >= 1 && shape.length <= 4 && shape.at(-1) === channels && shape.slice(0, -1).every((s) => s === 1)
  );
}
