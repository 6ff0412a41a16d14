import type { ExtensionKernels } from '@cnn/core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';
import { sliceTable } from './slices.ts';

/** One Adam or AdamW update of all parameters, in place, in one job. Returns nothing. */
export const adamUpdate: KernelConfig = simdKernel<
  ExtensionKernels['AdamUpdate']['inputs'],
  ExtensionKernels['AdamUpdate']['attrs']
>('AdamUpdate', ({ attrs, backend }) => {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupledWeightDecay, step } = attrs;
  const { table, tasks, elements } = sliceTable(
    backend,
    attrs.parameters.map((parameter, i) => ({
      parameter,
      gradient: attrs.gradients[i]!,
      state: [attrs.firstMoments[i]!, attrs.secondMoments[i]!],
    })),
  );
  const slices = backend.constants(table);
  backend.run({
    kernel: 'adamUpdate',
    args: [
      ...[slices.pointer, 1 - beta1, beta2, 1 - beta2],
      ...[learningRate / (1 - beta1 ** step), Math.sqrt(1 - beta2 ** step), epsilon],
      ...(decoupledWeightDecay ? [0, 1 - learningRate * weightDecay] : [weightDecay, 1]),
    ],
    tasks,
    work: elements * 8,
    inPlace: true,
  });
  slices.release();
  return [];
});
