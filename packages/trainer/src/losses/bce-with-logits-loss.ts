import { abs, add, exp, log1p, mul, neg, relu, sigmoid, sub, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { checkSameShape, checkWeights } from './class-targets.ts';
import { type Loss, lossOf, type Reduction } from './loss.ts';
import { type ElementLosses, reduceLosses } from './reduce-losses.ts';

/** Options of the binary cross-entropy, as PyTorch's. */
export interface BceWithLogitsLossOptions {
  /** A factor of the loss of each element, broadcast along the last axis. */
  readonly weight?: readonly number[];
  /** A factor of the positive part of each label's loss, `[labels]`. */
  readonly posWeight?: readonly number[];
  /** Default `mean`, over all elements. */
  readonly reduction?: Reduction;
}

/**
 * Binary cross-entropy of logits against probabilities of the same shape, float32, without overflow:
 * `(1 - y) x + (1 + (posWeight - 1) y) (log(1 + exp(-|x|)) + max(-x, 0))`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html
 */
export function bceWithLogitsLoss({ weight, posWeight, reduction = 'mean' }: BceWithLogitsLossOptions = {}): Loss {
  return lossOf((logits, targets) => {
    checkSameShape('bceWithLogitsLoss', logits, targets);
    checkWeights('bceWithLogitsLoss.weight', weight, logits.shape);
    checkWeights('bceWithLogitsLoss.posWeight', posWeight, logits.shape);
    return tidy(() => {
      const scale = (values: Tensor): Tensor => (weight ? mul(values, tensor1d([...weight])) : values);
      const negatives = sub(1, targets);
      const positives = posWeight ? add(mul(targets, sub(tensor1d([...posWeight]), 1)), 1) : undefined;
      const compute = (x: Tensor): ElementLosses => {
        const softplus = add(log1p(exp(neg(abs(x)))), relu(neg(x)));
        const falling = sub(sigmoid(x), 1);
        return {
          losses: scale(add(mul(negatives, x), positives ? mul(positives, softplus) : softplus)),
          slopes: scale(add(negatives, positives ? mul(positives, falling) : falling)),
        };
      };
      return reduceLosses(logits, compute, reduction);
    });
  }, reduction);
}
