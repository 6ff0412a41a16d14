import { type KernelConfig, PadV2, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { elementwiseJob } from '../elementwise/elementwise-job.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { copyStrided, rowMajorStrides } from './strided-copy.ts';

interface PadAttrs {
  readonly paddings: [before: number, after: number][];
  readonly constantValue: number;
}

/** `x` with elements of one value put around it. */
export const pad: KernelConfig = float32Kernel<{ x: TensorInfo }, PadAttrs>(PadV2, ({ inputs, attrs, backend }) => {
  const { x } = inputs;
  const { paddings, constantValue } = attrs;
  const shape = x.shape.map((side, axis) => paddings[axis]![0] + side + paddings[axis]![1]);
  const size = util.sizeFromShape(shape);
  const y = backend.output(shape);
  if (size === 0) return y.info;
  backend.run(elementwiseJob('fill', size, [y.pointer, size, constantValue]));
  if (util.sizeFromShape(x.shape) === 0) return y.info;
  const [strides, targets] = [rowMajorStrides(x.shape), rowMajorStrides(shape)];
  const offset = paddings.reduce((sum, [before], axis) => sum + before * targets[axis]!, 0);
  const copied = copyStrided(backend, {
    source: backend.pointer(x),
    target: y.pointer + offset * 4,
    axes: x.shape.map((side, axis) => ({ side, source: strides[axis]!, target: targets[axis]! })),
  });
  if (copied) return y.info;
  backend.disposeIntermediateTensorInfo(y.info);
  return runPlainKernel(PadV2, { inputs, attrs, backend });
});
