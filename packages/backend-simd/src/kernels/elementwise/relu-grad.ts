import type { ExtensionKernels } from '@cnn/core';
import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { fuseReluGrad } from '../fusion/sparse-gradient.ts';
import { simdKernel } from '../simd-kernel.ts';
import { elementwiseJob } from './elementwise-job.ts';

/** Gradient of ReLU from its output: `dy` where `y > 0`, else 0. */
export const reluGrad: KernelConfig = simdKernel<ExtensionKernels['ReluGrad']['inputs']>(
  'ReluGrad',
  ({ inputs: { dy, y }, backend }) => {
    const fused = fuseReluGrad(backend, dy, y);
    if (fused) return fused;
    const size = util.sizeFromShape(dy.shape);
    const dx = backend.output(dy.shape);
    backend.run(elementwiseJob('reluGrad', size, [backend.pointer(dy), backend.pointer(y), dx.pointer, size]));
    return dx.info;
  },
);
