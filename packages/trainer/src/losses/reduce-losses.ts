import {
  customGrad,
  div,
  divNoNan,
  type GradSaveFunc,
  mul,
  reshape,
  type Scalar,
  sum,
  Tensor,
} from '@tensorflow/tfjs-core';
import type { Reduction } from './loss.ts';

/** The losses of a batch, and how to get from the gradient of each to the gradient of the predictions. */
export interface ElementLosses {
  /** One loss an element or a sample, `[N, ...]`. */
  readonly losses: Tensor;
  /** Derivative of each loss with respect to its predictions, of the shape of the predictions. */
  readonly slopes: Tensor;
}

/**
 * A differentiable loss from its losses and slopes: computed together, in one pass, outside the tape.
 *
 * @param divisor What the mean divides by, `[]` or a number. Default: the count of losses.
 */
export function reduceLosses(
  predictions: Tensor,
  compute: (predictions: Tensor) => ElementLosses,
  reduction: Reduction,
  divisor?: Tensor | number,
): Tensor {
  return customGrad((...inputs: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = inputs as [Tensor, GradSaveFunc];
    const { losses, slopes } = compute(x);
    const by = reduction === 'mean' ? (divisor ?? losses.size) : 1;
    // Where every sample is ignored the mean is no number; its gradient is 0, as PyTorch's: nothing moves.
    save([by === 1 ? slopes : by instanceof Tensor ? divNoNan(slopes, by) : div(slopes, by)]);
    return {
      value: reduction === 'none' ? losses : (div(sum(losses), by) as Scalar),
      gradFunc: (dy: Tensor, [scaled]: Tensor[]) => mul(scaled!, alongRows(dy, scaled!.rank)),
    };
  })(predictions);
}

/** `[N]` as `[N, 1, ...]`, so that it multiplies each row of a tensor of that rank. */
function alongRows(dy: Tensor, rank: number): Tensor {
  return dy.rank === 0 || dy.rank === rank ? dy : reshape(dy, [...dy.shape, ...Array<number>(rank - dy.rank).fill(1)]);
}
