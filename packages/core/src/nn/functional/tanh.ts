import { type Tensor, tanh as tfTanh } from '@tensorflow/tfjs-core';

/** Hyperbolic tangent. The function form of `Tanh`. */
export function tanh(x: Tensor): Tensor {
  return tfTanh(x);
}
