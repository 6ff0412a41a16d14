import type { ExtensionKernels } from '@cnn/core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';

/** Elements of one task. */
const TASK_ELEMENTS = 4096;

/** Mean cross-entropy of logits `[N, C]` against class indices `[N]`, and its gradient with respect to the logits. */
export const sparseSoftmaxCrossEntropy: KernelConfig = simdKernel<
  ExtensionKernels['SparseSoftmaxCrossEntropy']['inputs']
>('SparseSoftmaxCrossEntropy', ({ inputs: { logits, targets }, backend }) => {
  const [rows, classes] = logits.shape as [number, number];
  const x = backend.pointer(logits);
  const y = backend.pointer({ ...targets, dtype: 'int32' });
  const loss = backend.output([]);
  const gradient = backend.output([rows, classes]);
  const losses = backend.memoryPool.allocate(rows * 4);
  const rowsPerTask = Math.max(1, Math.floor(TASK_ELEMENTS / Math.max(classes, 1)));
  backend.run({
    kernel: 'crossEntropyRows',
    args: [x, y, losses.pointer, gradient.pointer, rows, classes, 1 / rows, rowsPerTask],
    tasks: Math.ceil(rows / rowsPerTask),
    work: rows * classes * 8,
  });
  backend.run({ kernel: 'meanInOrder', args: [losses.pointer, loss.pointer, rows], tasks: 1, work: rows });
  losses.release();
  return [loss.info, gradient.info];
});
