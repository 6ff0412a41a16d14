import { mul, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { checkSameShape } from './class-targets.ts';
import { type Loss, lossOf, type Reduction } from './loss.ts';
import { type ElementLosses, reduceLosses } from './reduce-losses.ts';

/**
 * Squared error of predictions against targets of the same shape, float32; the mean is over all elements.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
 */
export function mseLoss({ reduction = 'mean' }: { reduction?: Reduction } = {}): Loss {
  return lossOf((predictions, targets) => {
    checkSameShape('mseLoss', predictions, targets);
    return tidy(() => {
      const compute = (x: Tensor): ElementLosses => {
        const errors = sub(x, targets);
        return { losses: square(errors), slopes: mul(errors, 2) };
      };
      return reduceLosses(predictions, compute, reduction);
    });
  }, reduction);
}
