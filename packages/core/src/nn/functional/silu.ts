import { mul, sigmoid, type Tensor } from '@tensorflow/tfjs-core';

/** `x · sigmoid(x)`. The function form of `SiLU`. */
export function silu(x: Tensor): Tensor {
  return mul(x, sigmoid(x));
}
