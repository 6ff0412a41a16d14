import { backend_util, GatherV2, type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import { hasFourByteElements } from './strided-copy.ts';

/** Slices of `x` along `axis` in the order that `indices` (int32) names them. */
export const gather: KernelConfig = simdKernel<
  { x: TensorInfo; indices: TensorInfo },
  { axis: number; batchDims?: number }
>(GatherV2, ({ inputs, attrs, backend }) => {
  const { x, indices } = inputs;
  const { batchDims = 0 } = attrs;
  if (!hasFourByteElements(x) || indices.dtype !== 'int32' || batchDims !== 0) {
    return runPlainKernel(GatherV2, { inputs, attrs, backend });
  }
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const side = x.shape[axis]!;
  const count = util.sizeFromShape(indices.shape);
  const list = backend.pointer(indices);
  backend.memoryPool.watcher?.readOnHost(backend.buffer(indices));
  for (const index of backend.memoryPool.integers(list, count)) {
    util.assert(index >= 0 && index < side, () => `GatherV2: the index value ${index} is not in [0, ${side - 1}]`);
  }
  const info = backend_util.segment_util.collectGatherOpShapeInfo(
    x as Parameters<typeof backend_util.segment_util.collectGatherOpShapeInfo>[0],
    indices as Parameters<typeof backend_util.segment_util.collectGatherOpShapeInfo>[1],
    axis,
    batchDims,
  );
  const y = backend.output(info.outputShape, x.dtype as 'float32' | 'int32');
  const tasks = util.sizeFromShape(info.outputShape) === 0 ? 0 : info.outerSize * count;
  backend.run({
    kernel: 'gatherRows',
    args: [backend.pointer(x), list, y.pointer, side, count, info.sliceSize],
    tasks,
    work: tasks * info.sliceSize,
  });
  return y.info;
});
