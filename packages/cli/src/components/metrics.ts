import type { Metric } from '@cnn/core';
import {
  accuracy,
  balancedAccuracy,
  expectedCalibrationError,
  f1,
  logLoss,
  precision,
  recall,
  topK,
} from '@cnn/metrics';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

const NO_OPTIONS = z.strictObject({});
const AVERAGED = z.strictObject({
  average: z.enum(['macro', 'micro', 'weighted']).default('macro').describe('how one number comes from the classes'),
});

/** Metrics by the name that configs use. The loss is always reported. */
export const METRICS: BuiltIns<void, Metric> = {
  accuracy: builtIn(NO_OPTIONS, () => accuracy()),
  'balanced-accuracy': builtIn(NO_OPTIONS, () => balancedAccuracy()),
  'top-k': builtIn(
    z.strictObject({ k: z.int().min(1).default(5).describe('guesses that each image has') }),
    (options) => topK(options),
  ),
  precision: builtIn(AVERAGED, (options) => precision(options)),
  recall: builtIn(AVERAGED, (options) => recall(options)),
  f1: builtIn(AVERAGED, (options) => f1(options)),
  'log-loss': builtIn(NO_OPTIONS, () => logLoss()),
  'calibration-error': builtIn(
    z.strictObject({ bins: z.int().min(1).default(15).describe('confidence bins of equal width') }),
    (options) => expectedCalibrationError(options),
  ),
};
