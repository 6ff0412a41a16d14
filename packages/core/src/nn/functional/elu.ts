import { add, expm1, minimum, mul, relu, type Tensor, elu as tfElu } from '@tensorflow/tfjs-core';

/** `x` where positive, else `alpha · (exp(x) − 1)`. The function form of `ELU`. */
export function elu(x: Tensor, alpha = 1): Tensor {
  // The exponential of large positive values would overflow and poison the gradient.
  return alpha === 1 ? tfElu(x) : add(relu(x), mul(alpha, expm1(minimum(x, 0))));
}
