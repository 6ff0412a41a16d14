import { type KernelConfig, LogSoftmax, Softmax, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';

const TASK_ELEMENTS = 1024;
const WORK_PER_ELEMENT = 20;

/** Softmax and its logarithm over the last axis. */
export const softmaxKernels: readonly KernelConfig[] = [
  float32Kernel<{ logits: TensorInfo }, { dim: number }>(Softmax, ({ inputs: { logits }, attrs: { dim }, backend }) => {
    assertLastAxis('Softmax', logits, dim);
    return overRows(backend, 'softmax', logits);
  }),
  float32Kernel<{ logits: TensorInfo }, { axis: number }>(
    LogSoftmax,
    ({ inputs: { logits }, attrs: { axis }, backend }) => {
      assertLastAxis('LogSoftmax', logits, axis);
      return overRows(backend, 'logSoftmax', logits);
    },
  ),
];

function assertLastAxis(kernelName: string, { shape }: TensorInfo, axis: number): void {
  util.assert(
    axis === -1 || axis === shape.length - 1,
    () =>
      `${kernelName} along a non-last dimension is not yet supported. Logits was rank ${shape.length} and dim was ${axis}`,
  );
}

function overRows(backend: SimdBackend, kernel: 'softmax' | 'logSoftmax', logits: TensorInfo): TensorInfo {
  const classes = logits.shape.at(-1) ?? 1;
  const size = util.sizeFromShape(logits.shape);
  const rows = classes > 0 ? size / classes : 0;
  const rowsPerTask = Math.max(1, Math.floor(TASK_ELEMENTS / classes));
  const y = backend.output(logits.shape);
  backend.run({
    kernel,
    args: [backend.pointer(logits), y.pointer, rows, classes, rowsPerTask],
    tasks: Math.ceil(rows / rowsPerTask),
    work: size * WORK_PER_ELEMENT,
  });
  return y.info;
}
