import { type Tensor, relu as tfRelu } from '@tensorflow/tfjs-core';

/** `max(0, x)`, of any shape. The function form of `ReLU`, for use in `forward`. */
export function relu(x: Tensor): Tensor {
  return tfRelu(x);
}
