import { type Tensor, sigmoid as tfSigmoid } from '@tensorflow/tfjs-core';

/** `1/(1 + exp(−x))`. The function form of `Sigmoid`. */
export function sigmoid(x: Tensor): Tensor {
  return tfSigmoid(x);
}
