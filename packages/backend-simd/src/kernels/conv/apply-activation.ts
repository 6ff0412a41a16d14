import { Add, getKernel, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
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

/** The activation of `y + bias`; `y` is disposed, or returned where there is neither. */
export function applyActivation(
  backend: SimdBackend,
  y: TensorInfo,
  then: { attrs: ActivationAttrs; alpha: TensorInfo | undefined; bias?: TensorInfo | undefined },
): TensorInfo {
  const { activation = 'linear', leakyreluAlpha = 0.2 } = then.attrs;
  const biased = then.bias ? replace(backend, y, Add, { inputs: { a: y, b: then.bias } }) : y;
  if (activation === 'linear') return biased;
  const inputs = { x: biased, alpha: then.alpha };
  return replace(backend, biased, KERNELS[activation], { inputs, attrs: { alpha: leakyreluAlpha } });
}

function replace(
  backend: SimdBackend,
  y: TensorInfo,
  kernelName: string,
  call: { inputs: NamedTensorInfoMap; attrs?: { alpha: number } },
): TensorInfo {
  const outputs = getKernel(kernelName, 'simd').kernelFunc({ ...call, backend });
  backend.disposeIntermediateTensorInfo(y);
  return Array.isArray(outputs) ? outputs[0]! : outputs;
}
