import { bceWithLogitsLoss, crossEntropyLoss, type Loss, mseLoss, nllLoss, oneHotTargets } from '@cnn/trainer';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

const classWeights = z.array(z.number().min(0)).min(1).nullable().default(null);
const weight = classWeights.describe('a weight for each class, in their order');
const ignoreIndex = z.int().default(-100).describe('class whose images count for nothing');
// Training needs one number: what PyTorch calls `none` is for steps written in code.
const reduction = z.enum(['mean', 'sum']).default('mean').describe('how the losses of a batch become one');

/**
 * Losses by the name that configs use; options are named and preset as in `torch.nn`. Labels are class indices: losses
 * that compare element by element see each as a row with a 1 in its class.
 */
export const LOSSES: BuiltIns<void, Loss> = {
  'cross-entropy': builtIn(
    z.strictObject({
      weight,
      ignoreIndex,
      labelSmoothing: z.number().min(0).lt(1).default(0).describe('share of the target spread over all classes'),
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
      posWeight: classWeights.describe('a factor for each class of the loss of its own images'),
      reduction,
    }),
    ({ weight, posWeight, reduction }) =>
      oneHotTargets(
        bceWithLogitsLoss({ reduction, ...(weight ? { weight } : {}), ...(posWeight ? { posWeight } : {}) }),
      ),
  ),
};
