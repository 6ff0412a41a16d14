import type { KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../simd-backend.ts';

/** What a kernel of this backend gets. */
export interface SimdKernelContext<Inputs extends NamedTensorInfoMap, Attrs> {
  readonly inputs: Inputs;
  readonly attrs: Attrs;
  readonly backend: SimdBackend;
}

/** A kernel configuration for tfjs-core from a typed function. Inputs keep their owner; every output is fresh. */
export function simdKernel<Inputs extends NamedTensorInfoMap, Attrs = undefined>(
  kernelName: string,
  kernel: (context: SimdKernelContext<Inputs, Attrs>) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'simd',
    kernelFunc: ({ inputs, attrs, backend }: { inputs: NamedTensorInfoMap; attrs?: NamedAttrMap; backend: object }) => {
      const simd = backend as SimdBackend;
      simd.beforeKernel(inputs);
      return kernel({ inputs: inputs as Inputs, attrs: attrs as Attrs, backend: simd });
    },
  };
}
