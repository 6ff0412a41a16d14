import { backend_util, Concat, type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import { copyStrided, hasFourByteElements } from './strided-copy.ts';

/** Tensors joined along one axis. */
export const concat: KernelConfig = simdKernel<Record<string, TensorInfo>, { axis: number }>(
  Concat,
  ({ inputs, attrs, backend }) => {
    const tensors = Object.values(inputs);
    const [first] = tensors as [TensorInfo];
    const alike = tensors.every((tensor) => tensor.dtype === first.dtype && hasFourByteElements(tensor));
    if (!alike) return runPlainKernel(Concat, { inputs, attrs, backend });
    const axis = util.parseAxisParam(attrs.axis, first.shape)[0]!;
    const shapes = tensors.map(({ shape }) => shape);
    backend_util.assertParamsConsistent(shapes, axis);
    const shape = backend_util.computeOutShape(shapes, axis);
    const y = backend.output(shape, first.dtype as 'float32' | 'int32');
    const rowLength = util.sizeFromShape(shape.slice(axis));
    let target = y.pointer;
    for (const tensor of tensors) {
      const length = util.sizeFromShape(tensor.shape.slice(axis));
      if (util.sizeFromShape(tensor.shape) === 0) continue;
      copyStrided(backend, {
        source: backend.pointer(tensor),
        target,
        axes: [
          { side: util.sizeFromShape(shape.slice(0, axis)), source: length, target: rowLength },
          { side: length, source: 1, target: 1 },
        ],
      });
      target += length * 4;
    }
    return y.info;
  },
);
