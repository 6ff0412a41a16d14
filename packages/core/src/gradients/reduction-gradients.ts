import {
  backend_util,
  cast,
  div,
  equal,
  type GradConfig,
  mul,
  ones,
  reshape,
  sum,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** `axis` is null at run time where all axes are reduced. */
type ReductionAttrs = { axis: number | number[] };

/** Gradients of reductions. */
export const reductionGradients: readonly GradConfig[] = [
  defineGradient<ReductionAttrs>('Sum', { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => mul(kept(dy, x!, axis), ones(x!.shape)),
  })),
  defineGradient<ReductionAttrs>('Mean', { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => mul(div(kept(dy, x!, axis), x!.size / dy.size), ones(x!.shape)),
  })),
  ...['Max', 'Min'].map((kernelName) =>
    defineGradient<{ reductionIndices: number | number[]; axis: number | number[] }>(
      kernelName,
      { inputs: ['x'], output: true },
      (dy, [x, y], { reductionIndices, axis }) => ({
        x: () => {
          const axes = reductionIndices ?? axis;
          // Equal extremes share the gradient, as torch.amax does.
          const winners = cast(equal(x!, kept(y!, x!, axes)), 'float32');
          const share = div(kept(dy, x!, axes), sum(winners, util.parseAxisParam(axes, x!.shape), true));
          return mul(winners, share);
        },
      }),
    ),
  ),
];

/** `tensor` with the reduced axes of `x` back as axes of length 1. */
function kept(tensor: Tensor, x: Tensor, axis: number | number[] | null): Tensor {
  const axes = util.parseAxisParam(axis ?? x.shape.map((_, i) => i), x.shape);
  const reduced = x.shape.filter((_, i) => !axes.includes(i));
  return reshape(tensor, backend_util.expandShapeToKeepDim(reduced, axes));
}
