import { type KernelConfig, Slice, slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import { copyStrided, hasFourByteElements, rowMajorStrides } from './strided-copy.ts';

/** The part of `x` that starts at `begin` and has `size` elements along each axis. */
export const slice: KernelConfig = simdKernel<{ x: TensorInfo }, { begin: number | number[]; size: number | number[] }>(
  Slice,
  ({ inputs, attrs, backend }) => {
    const { x } = inputs;
    if (!hasFourByteElements(x)) return runPlainKernel(Slice, { inputs, attrs, backend });
    // tfjs-core's parser wants a tensor for its shape only.
    const [begin, size] = slice_util.parseSliceParams(
      x as Parameters<typeof slice_util.parseSliceParams>[0],
      attrs.begin,
      attrs.size,
    ) as [number[], number[]];
    slice_util.assertParamsValid(x as Parameters<typeof slice_util.assertParamsValid>[0], begin, size);
    const y = backend.output(size, x.dtype as 'float32' | 'int32');
    const strides = rowMajorStrides(x.shape);
    const targets = rowMajorStrides(size);
    const offset = begin.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
    const copied = copyStrided(backend, {
      source: backend.pointer(x) + offset * 4,
      target: y.pointer,
      axes: size.map((side, axis) => ({ side, source: strides[axis]!, target: targets[axis]! })),
    });
    if (copied || util.sizeFromShape(size) === 0) return y.info;
    backend.disposeIntermediateTensorInfo(y.info);
    return runPlainKernel(Slice, { inputs, attrs, backend });
  },
);
