import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { runPlainKernel } from './plain-kernel.ts';
import { type SimdKernelContext, simdKernel } from './simd-kernel.ts';

/**
 * A kernel of ours for float32 inputs; with any other dtype among them the cpu backend's kernel runs.
 *
 * @param floats Inputs that must be float32; by default all.
 */
export function float32Kernel<Inputs extends NamedTensorInfoMap, Attrs = undefined>(
  kernelName: string,
  kernel: (context: SimdKernelContext<Inputs, Attrs>) => TensorInfo | TensorInfo[],
  { floats }: { floats?: readonly (keyof Inputs & string)[] } = {},
): KernelConfig {
  return simdKernel<Inputs, Attrs>(kernelName, (context) => {
    const { inputs, attrs, backend } = context;
    const names = floats ?? Object.keys(inputs);
    // Optional inputs, like a bias, may be missing.
    if (names.every((name) => (inputs[name]?.dtype ?? 'float32') === 'float32')) return kernel(context);
    return runPlainKernel(kernelName, { inputs, attrs: attrs ?? {}, backend });
  });
}
