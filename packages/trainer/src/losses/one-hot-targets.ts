import { cast, oneHot, type Tensor1D, tidy } from '@tensorflow/tfjs-core';
import { checkClassTargets } from './class-targets.ts';
import { type Loss, lossOf } from './loss.ts';

/** An index that no label has: every label must be a class. */
const NONE_IGNORED = -1;

/**
 * Lets a loss that compares element by element take class indices `[N]`, int32: each becomes a row of `[N, classes]` with
 * a 1 in its class, as `torch.nn.functional.one_hot` makes it. Targets of another type go through as they are.
 *
 * @example
 * fit({ model, data, optimizer, loss: oneHotTargets(bceWithLogitsLoss()) });
 * @throws CnnError as `crossEntropyLoss` for labels that are no class.
 */
export function oneHotTargets(loss: Loss): Loss {
  return lossOf((predictions, targets, onHost) => {
    if (targets.dtype !== 'int32') return loss(predictions, targets, onHost);
    if (onHost) checkClassTargets('oneHotTargets', onHost, predictions.shape, NONE_IGNORED);
    return tidy(() => loss(predictions, cast(oneHot(targets as Tensor1D, predictions.shape.at(-1) ?? 1), 'float32')));
  }, loss.reduction ?? 'mean');
}
