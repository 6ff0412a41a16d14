import { getKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../simd-backend.ts';

/** The cpu backend's kernel on this backend: for what ours does not do itself. */
export function runPlainKernel(
  kernelName: string,
  params: { inputs: NamedTensorInfoMap; attrs: object; backend: SimdBackend },
): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = params;
  settleInputs(inputs, backend);
  return getKernel(kernelName, 'cpu').kernelFunc({ inputs, backend, attrs: { ...attrs } });
}

/** A kernel configuration of this backend that runs the cpu backend's kernel. */
export function plainKernel(kernel: KernelConfig): KernelConfig {
  return {
    ...kernel,
    backendName: 'simd',
    kernelFunc: (params) => {
      (params.backend as SimdBackend).beforeKernel(params.inputs);
      settleInputs(params.inputs, params.backend as SimdBackend);
      return kernel.kernelFunc(params);
    },
  };
}

/** Computes inputs that were put off before the kernel takes views of them: computing may move memory. */
function settleInputs(inputs: NamedTensorInfoMap, backend: SimdBackend): void {
  // Kernels of ragged tensors take lists of tensors among their inputs.
  for (const input of Object.values(inputs).flat()) {
    if (input && backend.record(input).deferred) backend.pointer(input);
  }
}
