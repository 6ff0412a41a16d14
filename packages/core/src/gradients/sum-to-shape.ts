import { broadcast_util, reshape, sum, type Tensor, util } from '@tensorflow/tfjs-core';

/** Undoes broadcasting: sums `gradient` over the axes along which an operand of `shape` was repeated. */
export function sumToShape(gradient: Tensor, shape: number[]): Tensor {
  if (util.arraysEqual(gradient.shape, shape)) return gradient.clone();
  const axes = broadcast_util.getReductionAxes(shape, gradient.shape);
  const reduced = axes.length > 0 ? sum(gradient, axes) : gradient;
  return reshape(reduced, shape);
}
