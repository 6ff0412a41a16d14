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
import * as z from 'zod/mini';
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { COUNT, NO_OPTIONS, option } from '../config/option.ts';

const AVERAGED = z.strictObject({
  average: option(z.enum(['macro', 'micro', 'weighted']), 'macro', 'how one number comes from the classes'),
});

/** Metrics by the name that configs use. The loss is always reported. */
export const METRICS: BuiltIns<void, Metric> = {
  accuracy: builtIn(NO_OPTIONS, () => accuracy()),
  'balanced-accuracy': builtIn(NO_OPTIONS, () => balancedAccuracy()),
  'top-k': builtIn(z.strictObject({ k: option(COUNT, 5, 'guesses that each image has') }), (options) => topK(options)),
  precision: builtIn(AVERAGED, (options) => precision(options)),
  recall: builtIn(AVERAGED, (options) => recall(options)),
  f1: builtIn(AVERAGED, (options) => f1(options)),
  'log-loss': builtIn(NO_OPTIONS, () => logLoss()),
  'calibration-error': builtIn(
    z.strictObject({ bins: option(COUNT, 15, 'confidence bins of equal width') }),
    (options) => expectedCalibrationError(options),
  ),
};
