import { crossEntropyLoss, type Loss } from '@cnn/trainer';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

/** Losses by the name that configs use; options are named and preset as in `torch.nn`. */
export const LOSSES: BuiltIns<void, Loss> = {
  'cross-entropy': builtIn(
    z.strictObject({
      weight: z.array(z.number().min(0)).min(1).nullable().default(null).describe('a weight for each class'),
      ignoreIndex: z.int().default(-100).describe('class whose images count for nothing'),
      labelSmoothing: z.number().min(0).lt(1).default(0).describe('share of the target spread over all classes'),
    }),
    ({ weight, ...options }) => crossEntropyLoss({ ...options, ...(weight ? { weight } : {}) }),
  ),
};
