import {
  Add,
  EluGrad,
  type KernelConfig,
  Maximum,
  Minimum,
  Multiply,
  Prelu,
  RealDiv,
  SquaredDifference,
  Sub,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { fuseBias } from '../fusion/fuse-into-convolution.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import type { BinaryOperation } from './binary-operation.ts';
import { runBinary } from './run-binary.ts';

/** Functions of two elements, shapes broadcast. */
export const binaryKernels: readonly KernelConfig[] = [
  binaryKernel(Add, 'add'),
  binaryKernel(Sub, 'subtract'),
  binaryKernel(Multiply, 'multiply'),
  binaryKernel(RealDiv, 'divide'),
  binaryKernel(Maximum, 'maximum'),
  binaryKernel(Minimum, 'minimum'),
  binaryKernel(SquaredDifference, 'squaredDifference'),
  binaryKernel(Prelu, 'prelu', ['x', 'alpha']),
  binaryKernel(EluGrad, 'eluGrad', ['dy', 'y']),
];

function binaryKernel(
  kernelName: string,
  operation: BinaryOperation,
  [first, second]: readonly [string, string] = ['a', 'b'],
): KernelConfig {
  return float32Kernel<Record<string, TensorInfo>>(kernelName, ({ inputs, backend }) => {
    const operands = { a: inputs[first]!, b: inputs[second]! };
    const fused = operation === 'add' ? fuseBias(backend, operands.a, operands.b) : undefined;
    if (fused) return fused;
    return runBinary(backend, operation, operands) ?? runPlainKernel(kernelName, { inputs, attrs: {}, backend });
  });
}
