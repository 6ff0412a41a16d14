import type { ExtensionKernels } from '@cnn/core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';
import { sliceTable } from './slices.ts';

/** One SGD update of all parameters, in place, in one job. Returns nothing. */
export const sgdUpdate: KernelConfig = simdKernel<
  ExtensionKernels['SgdUpdate']['inputs'],
  ExtensionKernels['SgdUpdate']['attrs']
>('SgdUpdate', ({ attrs, backend }) => {
  const { learningRate, momentum, dampening, nesterov, weightDecay, step } = attrs;
  const { table, tasks, elements } = sliceTable(
    backend,
    attrs.parameters.map((parameter, i) => ({
      parameter,
      gradient: attrs.gradients[i]!,
      state: momentum === 0 ? [] : [attrs.momentumBuffers[i]!],
    })),
  );
  const slices = backend.constants(table);
  backend.run({
    kernel: 'sgdUpdate',
    args: [
      ...[slices.pointer, learningRate, momentum, 1 - dampening, weightDecay],
      ...[step === 1 ? 1 : 0, nesterov ? 1 : 0],
    ],
    tasks,
    work: elements * 4,
    inPlace: true,
  });
  slices.release();
  return [];
});
