import { bceWithLogitsLoss, crossEntropyLoss, type Loss, mseLoss, nllLoss, oneHotTargets } from '@cnn/trainer';
import * as z from 'zod/mini';
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { described, list, number, option, orNull, whole } from '../config/option.ts';

const classWeights = orNull(list(number({ min: 0 }), { least: 1 }));
const weight = described(classWeights, 'a weight for each class, in their order');
const ignoreIndex = option(whole(), -100, 'class whose images count for nothing');
// Training needs one number: what PyTorch calls `none` is for steps written in code.
const reduction = option(z.enum(['mean', 'sum']), 'mean', 'how the losses of a batch become one');

/**
 * Losses by the name that configs use; options are named and preset as in `torch.nn`. Labels are class indices: losses
 * that compare element by element see each as a row with a 1 in its class.
 */
export const LOSSES: BuiltIns<void, Loss> = {
  'cross-entropy': builtIn(
    z.strictObject({
      weight,
      ignoreIndex,
      labelSmoothing: option(number({ min: 0, below: 1 }), 0, 'share of the target spread over all classes'),
      reduction,
    }),
    ({ weight, ...options }) => crossEntropyLoss({ ...options, ...(weight ? { weight } : {}) }),
  ),
  nll: builtIn(z.strictObject({ weight, ignoreIndex, reduction }), ({ weight, ...options }) =>
    nllLoss({ ...options, ...(weight ? { weight } : {}) }),
  ),
  mse: builtIn(z.strictObject({ reduction }), (options) => oneHotTargets(mseLoss(options))),
  'bce-with-logits': builtIn(
    z.strictObject({
      weight,
      posWeight: described(classWeights, 'a factor for each class of the loss of its own images'),
      reduction,
    }),
    ({ weight, posWeight, reduction }) =>
      oneHotTargets(
        bceWithLogitsLoss({ reduction, ...(weight ? { weight } : {}), ...(posWeight ? { posWeight } : {}) }),
      ),
  ),
};
