import { type KernelConfig, MaxPool, MaxPoolGrad, type TensorInfo } from '@tensorflow/tfjs-core';
import { fuseMaxPool } from '../fusion/convolve-and-pool.ts';
import { fuseMaxPoolGrad } from '../fusion/sparse-gradient.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import type { PoolAttrs } from './place-pooling.ts';
import { runPooling, runPoolingGrad } from './run-pooling.ts';

/** Largest value of each window of `x` `[N, H, W, C]`; padding counts as −∞; NaN is passed over. */
export const maxPool: KernelConfig = simdKernel<{ x: TensorInfo }, PoolAttrs>(MaxPool, ({ inputs, attrs, backend }) => {
  if (inputs.x.dtype !== 'float32') return runPlainKernel(MaxPool, { inputs, attrs, backend });
  const fused = fuseMaxPool(backend, inputs.x, attrs);
  return fused ?? runPooling(backend, { kernel: 'maxPool', x: inputs.x, attrs, extra: [0] });
});

/** Gradient of max pooling: to the first maximum of each window in row-major order. */
export const maxPoolGrad: KernelConfig = simdKernel<
  { dy: TensorInfo; input: TensorInfo; output: TensorInfo },
  PoolAttrs
>(MaxPoolGrad, ({ inputs, attrs, backend }) => {
  const { dy, input } = inputs;
  if (input.dtype !== 'float32') return runPlainKernel(MaxPoolGrad, { inputs, attrs, backend });
  const fused = fuseMaxPoolGrad(backend, inputs, attrs);
  if (fused) return fused;
  return runPoolingGrad(backend, { kernel: 'maxPoolGrad', xShape: input.shape, attrs, inputs: [dy, input] });
});
