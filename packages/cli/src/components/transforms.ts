import { normalize, type Transform, toFloat } from '@cnn/datasets';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

const NO_OPTIONS = z.strictObject({});
const perChannel = z.array(z.number()).min(1);

/** Transforms and augmentations by the name that configs use. */
export const TRANSFORMS: BuiltIns<void, Transform> = {
  'to-float': builtIn(NO_OPTIONS, () => toFloat()),
  normalize: builtIn(
    z.strictObject({
      mean: perChannel.describe('of each channel, or one for all'),
      std: z.array(z.number().positive()).min(1).describe('of each channel, or one for all'),
    }),
    (options) => normalize(options),
  ),
};
