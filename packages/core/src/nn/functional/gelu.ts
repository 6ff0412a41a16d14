import { add, erf, mul, type Tensor, tanh } from '@tensorflow/tfjs-core';

/** How the normal distribution function is computed: exactly, or by a hyperbolic tangent. */
export type GeluApproximation = 'none' | 'tanh';

/**
 * `x · Φ(x)`, Φ the distribution function of the standard normal. The function form of `GELU`.
 *
 * @see https://arxiv.org/abs/1606.08415
 */
export function gelu(x: Tensor, approximate: GeluApproximation = 'none'): Tensor {
  const cubic = (): Tensor => mul(Math.sqrt(2 / Math.PI), add(x, mul(0.044715, mul(x, mul(x, x)))));
  const twicePhi = add(1, approximate === 'tanh' ? tanh(cubic()) : erf(mul(x, Math.SQRT1_2)));
  return mul(mul(0.5, x), twicePhi);
}
