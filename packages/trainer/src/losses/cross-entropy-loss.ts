import { extensionKernel } from '@cnn/core';
import {
  customGrad,
  engine,
  exp,
  type GradSaveFunc,
  logSoftmax,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkClassTargets, checkWeights, classTargets } from './class-targets.ts';
import { type Loss, lossOf, type Reduction } from './loss.ts';
import { type ElementLosses, reduceLosses } from './reduce-losses.ts';

/** Options of cross-entropy, as PyTorch's. */
export interface CrossEntropyLossOptions {
  /** A weight a class; the mean divides by the sum of the weights of the samples' classes. */
  readonly weight?: readonly number[];
  /** Class index whose samples count for nothing. */
  readonly ignoreIndex?: number;
  /** Share of each target that is spread evenly over all classes, 0..1. */
  readonly labelSmoothing?: number;
  /** Default `mean`. */
  readonly reduction?: Reduction;
}

/**
 * Cross-entropy of logits `[N, C]` against class indices `[N]` (int32) or class probabilities `[N, C]` (float32):
 * `-log softmax(logits)[target]`, without ever computing a probability of 0.
 *
 * @example
 * const criterion = crossEntropyLoss({ labelSmoothing: 0.1 });
 * @see https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html
 */
export function crossEntropyLoss({
  weight,
  ignoreIndex = -100,
  labelSmoothing = 0,
  reduction = 'mean',
}: CrossEntropyLossOptions = {}): Loss {
  const isPlain = !weight && labelSmoothing === 0 && reduction === 'mean';
  const weighting = { weight, ignoreIndex, labelSmoothing };
  return lossOf((logits, targets, onHost) => {
    checkWeights('crossEntropyLoss.weight', weight, logits.shape);
    if (onHost) checkClassTargets('crossEntropyLoss', onHost, logits.shape, ignoreIndex);
    // The kernel ignores no sample, so it needs someone to have looked.
    const noneIgnored = onHost?.data instanceof Int32Array && !onHost.data.includes(ignoreIndex);
    const fused = isPlain && noneIgnored ? fusedCrossEntropy(logits, targets) : undefined;
    if (fused) return fused;
    return tidy(() => {
      const { shares, divisor } = classTargets(targets, logits.shape.at(-1)!, weighting);
      return reduceLosses(logits, (x) => softTargetLosses(x, shares), reduction, divisor);
    });
  }, reduction);
}

function softTargetLosses(logits: Tensor, shares: Tensor): ElementLosses {
  const logProbabilities = logSoftmax(logits);
  const total = sum(shares, -1, true);
  return {
    losses: neg(sum(mul(shares, logProbabilities), -1)),
    slopes: sub(mul(exp(logProbabilities), total), shares),
  };
}

/** Loss and gradient in one kernel, on backends that have it. */
function fusedCrossEntropy(logits: Tensor, targets: Tensor): Tensor | undefined {
  const kernel = extensionKernel('SparseSoftmaxCrossEntropy');
  if (!kernel) return undefined;
  return customGrad((...inputs: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = inputs as [Tensor, GradSaveFunc];
    const [value, slopes] = kernel({ logits: x, targets }, {}).map((info) => engine().makeTensorFromTensorInfo(info));
    save([slopes!]);
    return { value: value!, gradFunc: (dy: Tensor, [gradient]: Tensor[]) => mul(gradient!, dy) };
  })(logits);
}
