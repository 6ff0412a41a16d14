import { type KernelConfig, Relu, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';
import { elementwiseJob } from './elementwise-job.ts';

/** `y = max(x, 0)`. */
export const relu: KernelConfig = simdKernel<{ x: TensorInfo }>(Relu, ({ inputs: { x }, backend }) => {
  const size = util.sizeFromShape(x.shape);
  const y = backend.output(x.shape);
  backend.run(elementwiseJob('relu', size, [backend.pointer(x), y.pointer, size]));
  return y.info;
});
