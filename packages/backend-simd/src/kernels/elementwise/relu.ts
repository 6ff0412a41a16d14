import { type KernelConfig, Relu, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { fuseRelu } from '../fusion/fuse-into-convolution.ts';
import { elementwiseJob } from './elementwise-job.ts';

/** `y = max(x, 0)`. */
export const relu: KernelConfig = float32Kernel<{ x: TensorInfo }>(Relu, ({ inputs: { x }, backend }) => {
  const fused = fuseRelu(backend, x);
  if (fused) return fused;
  const size = util.sizeFromShape(x.shape);
  const y = backend.output(x.shape);
  backend.run(elementwiseJob('relu', size, [backend.pointer(x), y.pointer, size]));
  return y.info;
});
