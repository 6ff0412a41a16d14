import { type Tensor, leakyRelu as tfLeakyRelu } from '@tensorflow/tfjs-core';

/** `x` where positive, else `negativeSlope · x`. The function form of `LeakyReLU`. */
export function leakyRelu(x: Tensor, negativeSlope = 0.01): Tensor {
  return tfLeakyRelu(x, negativeSlope);
}
