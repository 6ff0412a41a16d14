import { add, type GradConfig, mul, neg, rsqrt, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Gradient of normalising `x` `[..., C]` by given statistics `[C]`: `(x − mean)/sqrt(variance + ε)·scale + offset`. */
export const batchNormGradients: readonly GradConfig[] = [
  defineGradient<{ varianceEpsilon: number }>(
    'FusedBatchNorm',
    { inputs: ['x', 'mean', 'variance', 'scale'] },
    (dy, [x, mean, variance, scale], { varianceEpsilon }) => {
      const inverseStd = rsqrt(add(variance!, varianceEpsilon));
      const overPixels = (tensor: Tensor): Tensor => sum(tensor, [...tensor.shape.keys()].slice(0, -1));
      const centred = (): Tensor => sub(x!, mean!);
      const cube = (): Tensor => mul(inverseStd, mul(inverseStd, inverseStd));
      return {
        x: () => mul(dy, mul(scale!, inverseStd)),
        mean: () => neg(mul(overPixels(dy), mul(scale!, inverseStd))),
        variance: () => mul(overPixels(mul(dy, centred())), mul(-0.5, mul(scale!, cube()))),
        scale: () => mul(overPixels(mul(dy, centred())), inverseStd),
        offset: () => overPixels(dy),
      };
    },
  ),
];
