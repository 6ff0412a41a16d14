import {
  cast,
  type GradConfig,
  matMul,
  oneHot,
  ones,
  reshape,
  type Tensor,
  type Tensor1D,
  transpose,
  where,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import { defineGradient } from './define-gradient.ts';

/** Kernels whose result does not change with small changes of what they compare. */
const COMPARISONS = ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'];

/** Gradients of kernels that compare, choose and look up. */
export const selectionGradients: readonly GradConfig[] = [
  ...COMPARISONS.map((kernelName) =>
    defineGradient(kernelName, { inputs: ['a', 'b'] }, (_, [a, b]) => ({
      a: () => zeros(a!.shape),
      b: () => zeros(b!.shape),
    })),
  ),
  defineGradient('LogicalNot', {}, (dy) => ({ x: () => zeros(dy.shape) })),
  defineGradient('Select', { inputs: ['condition'] }, (dy, [condition]) => ({
    condition: () => zeros(condition!.shape),
    t: () => where(condition!, dy, zerosLike(dy)),
    e: () => where(condition!, zerosLike(dy), dy),
  })),
  defineGradient<{ axis: number; batchDims: number }>('GatherV2', { inputs: ['x', 'indices'] }, (dy, saved, attrs) => ({
    x: () => gatherGradient(dy, saved[0]!, saved[1]!, attrs),
    indices: () => zeros(saved[1]!.shape),
  })),
];

/** Adds each gathered entry back to where it came from: a product with the one-hot indices, which every backend has. */
function gatherGradient(
  dy: Tensor,
  x: Tensor,
  indices: Tensor,
  { axis, batchDims }: { axis: number; batchDims: number },
): Tensor {
  if (batchDims !== 0) {
    throw new CnnError('unsupported', {
      where: 'gradient of gather',
      expected: 'batchDims 0',
      received: String(batchDims),
      remedy: 'Gather each sample by itself and stack the results',
    });
  }
  const along = axis < 0 ? axis + x.rank : axis;
  const before = x.shape.slice(0, along).reduce((a, b) => a * b, 1);
  const behind = x.shape.slice(along + 1).reduce((a, b) => a * b, 1);
  const side = x.shape[along]!;
  const places =
    side === 1 // the only place there is; tfjs's oneHot refuses it
      ? ones([indices.size, 1])
      : cast(oneHot(reshape(indices, [indices.size]) as Tensor1D, side), 'float32');
  const gathered = reshape(transpose(reshape(dy, [before, indices.size, behind]), [1, 0, 2]), [indices.size, -1]);
  const scattered = reshape(matMul(places, gathered, true, false), [side, before, behind]);
  return reshape(transpose(scattered, [1, 0, 2]), x.shape);
}
