import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';

/** Attributes of tfjs-core's fused kernels. */
export interface ActivationAttrs {
  readonly activation?: 'linear' | 'relu' | 'prelu' | 'elu' | 'relu6' | 'leakyrelu' | 'sigmoid';
  readonly leakyreluAlpha?: number;
}

const KERNELS = {
  relu: 'Relu',
  prelu: 'Prelu',
  elu: 'Elu',
  relu6: 'Relu6',
  leakyrelu: 'LeakyRelu',
  sigmoid: 'Sigmoid',
} as const;

/** The activation of `y`, which is disposed; `y` itself where there is none. */
export function applyActivation(
  backend: SimdBackend,
  y: TensorInfo,
  { attrs, alpha }: { attrs: ActivationAttrs; alpha: TensorInfo | undefined },
): TensorInfo {
  const { activation = 'linear', leakyreluAlpha = 0.2 } = attrs;
  if (activation === 'linear') return y;
  const outputs = getKernel(KERNELS[activation], 'simd').kernelFunc({
    inputs: { x: y, alpha },
    attrs: { alpha: leakyreluAlpha },
    backend,
  });
  backend.disposeIntermediateTensorInfo(y);
  return Array.isArray(outputs) ? outputs[0]! : outputs;
}
