import {
  Abs,
  Elu,
  Exp,
  type KernelConfig,
  LeakyRelu,
  Log,
  Neg,
  Relu6,
  Rsqrt,
  Sigmoid,
  Sqrt,
  Square,
  Step,
  Tanh,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { WasmKernelName } from '../../wasm/generated/kernel-names.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { elementwiseJob } from './elementwise-job.ts';

/** Work of one element of a polynomial approximation, in that of a multiply-add. */
const TRANSCENDENTAL = 12;

/** Functions of one element: the same shape out as in. */
export const unaryKernels: readonly KernelConfig[] = [
  unaryKernel(Abs, 'abs'),
  unaryKernel(Elu, 'elu', { work: TRANSCENDENTAL }),
  unaryKernel(Exp, 'exp', { work: TRANSCENDENTAL }),
  unaryKernel(LeakyRelu, 'leakyRelu'),
  unaryKernel(Log, 'log', { work: TRANSCENDENTAL }),
  unaryKernel(Neg, 'neg'),
  unaryKernel(Relu6, 'relu6'),
  unaryKernel(Rsqrt, 'rsqrt', { work: 4 }),
  unaryKernel(Sigmoid, 'sigmoid', { work: TRANSCENDENTAL }),
  unaryKernel(Sqrt, 'sqrt', { work: 4 }),
  unaryKernel(Square, 'square'),
  unaryKernel(Step, 'step'),
  unaryKernel(Tanh, 'tanh', { work: TRANSCENDENTAL }),
];

function unaryKernel(kernelName: string, kernel: WasmKernelName, { work = 1 }: { work?: number } = {}): KernelConfig {
  return float32Kernel<{ x: TensorInfo }, { alpha?: number } | undefined>(
    kernelName,
    ({ inputs: { x }, attrs, backend }) => {
      const size = util.sizeFromShape(x.shape);
      const y = backend.output(x.shape);
      const job = elementwiseJob(kernel, size, [backend.pointer(x), y.pointer, size, attrs?.alpha ?? 0]);
      backend.run({ ...job, work: size * work });
      return y.info;
    },
  );
}
