import { AvgPool, AvgPoolGrad, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import type { PoolAttrs } from './place-pooling.ts';
import { runPooling, runPoolingGrad } from './run-pooling.ts';

/** Mean of each window of `x` `[N, H, W, C]`, padding not counted. */
export const avgPool: KernelConfig = simdKernel<{ x: TensorInfo }, PoolAttrs>(AvgPool, ({ inputs, attrs, backend }) => {
  if (inputs.x.dtype !== 'float32') return runPlainKernel(AvgPool, { inputs, attrs, backend });
  return runPooling(backend, { kernel: 'avgPool', x: inputs.x, attrs });
});

/**
 * Gradient of average pooling: an equal share to each element of a window. Where padding is given by axis tfjs-core's
 * tests want shares of the whole window, although the forward pass divides by what is inside.
 */
export const avgPoolGrad: KernelConfig = simdKernel<{ dy: TensorInfo; input: TensorInfo }, PoolAttrs>(
  AvgPoolGrad,
  ({ inputs: { dy, input }, attrs, backend }) =>
    runPoolingGrad(backend, {
      kernel: 'avgPoolGrad',
      xShape: input.shape,
      attrs,
      inputs: [dy],
      extra: [typeof attrs.pad === 'object' ? 1 : 0],
    }),
);
