import { type Tensor, logSoftmax as tfLogSoftmax, softmax as tfSoftmax, transpose } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';

/**
 * `exp(x)/sum(exp(x))` along PyTorch's axis `dim`: 1 for classes of `[N, classes]` or channels of `[N, C, H, W]`.
 * The function form of `Softmax`.
 *
 * @throws CnnError `invalid-argument` when there is no such axis.
 */
export function softmax(x: Tensor, dim: number): Tensor {
  return alongAxis(x, dim, (last) => tfSoftmax(last));
}

/** Logarithm of `softmax`, computed at once for accuracy. The function form of `LogSoftmax`. */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  return alongAxis(x, dim, (last) => tfLogSoftmax(last));
}

/** Kernels work along the last axis of memory only. */
function alongAxis(x: Tensor, dim: number, compute: (x: Tensor) => Tensor): Tensor {
  const torchAxis = dim < 0 ? dim + x.rank : dim;
  const axis = x.rank === 4 ? [0, 3, 1, 2][torchAxis] : torchAxis;
  if (!Number.isInteger(dim) || axis === undefined || axis < 0 || axis >= x.rank) {
    throw new CnnError('invalid-argument', {
      where: 'softmax.dim',
      expected: `an axis of ${-x.rank}..${x.rank - 1}`,
      received: String(dim),
      remedy: 'Pass 1 for classes or channels',
    });
  }
  const last = x.rank - 1;
  if (axis === last) return compute(x);
  const swapped = [...x.shape.keys()].map((i) => (i === axis ? last : i === last ? axis : i));
  return transpose(compute(transpose(x, swapped)), swapped);
}
