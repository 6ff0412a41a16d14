import { mul, neg, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { checkClassTargets, checkWeights, classTargets } from './class-targets.ts';
import type { CrossEntropyLossOptions } from './cross-entropy-loss.ts';
import { type Loss, lossOf } from './loss.ts';
import { type ElementLosses, reduceLosses } from './reduce-losses.ts';

/** Options of the negative log-likelihood, as PyTorch's. */
export type NllLossOptions = Omit<CrossEntropyLossOptions, 'labelSmoothing'>;

/**
 * Negative log-likelihood of log-probabilities `[N, C]` (a `LogSoftmax`) against class indices `[N]`, int32.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html
 */
export function nllLoss({ weight, ignoreIndex = -100, reduction = 'mean' }: NllLossOptions = {}): Loss {
  return lossOf((logProbabilities, targets, onHost) => {
    checkWeights('nllLoss.weight', weight, logProbabilities.shape);
    if (onHost) checkClassTargets('nllLoss', onHost, logProbabilities.shape, ignoreIndex);
    return tidy(() => {
      const weighting = { weight, ignoreIndex, labelSmoothing: 0 };
      const { shares, divisor } = classTargets(targets, logProbabilities.shape.at(-1)!, weighting);
      const compute = (x: Tensor): ElementLosses => ({ losses: neg(sum(mul(shares, x), -1)), slopes: neg(shares) });
      return reduceLosses(logProbabilities, compute, reduction, divisor);
    });
  }, reduction);
}
