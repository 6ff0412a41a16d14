import {
  add,
  addN,
  clipByValue as clampTensor,
  div,
  minimum,
  mul,
  type Scalar,
  scalar,
  sqrt,
  square,
  sum,
} from '@tensorflow/tfjs-core';
import type { Gradients, GradientTransform } from './gradients.ts';

/** As PyTorch adds it to the norm before it divides. */
const NORM_EPSILON = 1e-6;

/** Euclidean norm of all gradients as one vector, `[]`. Call it within `tf.tidy`. */
export function globalNorm(gradients: Gradients): Scalar {
  if (gradients.size === 0) return scalar(0);
  return sqrt(addN([...gradients.values()].map((gradient) => sum(square(gradient))))) as Scalar;
}

/**
 * Scales all gradients by one factor where their common norm is above `maxNorm`: `min(1, maxNorm / (norm + 1e-6))`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
 */
export function clipByNorm({ maxNorm }: { maxNorm: number }): GradientTransform {
  return (gradients) => {
    const factor = minimum(div(maxNorm, add(globalNorm(gradients), NORM_EPSILON)), 1);
    return new Map([...gradients].map(([parameter, gradient]) => [parameter, mul(gradient, factor)]));
  };
}

/**
 * Clamps each element of the gradients to `-limit..limit`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html
 */
export function clipByValue({ limit }: { limit: number }): GradientTransform {
  return (gradients) =>
    new Map([...gradients].map(([parameter, gradient]) => [parameter, clampTensor(gradient, -limit, limit)]));
}
