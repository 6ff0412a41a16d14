import { CnnError, type JsonValue, type Metric, nearestName } from '@cnn/core';
import { accuracy } from '../accuracy/accuracy.ts';
import { balancedAccuracy } from '../accuracy/balanced-accuracy.ts';
import { type TopKOptions, topK } from '../accuracy/top-k.ts';
import type { ClassAverageOptions } from '../averaging/class-average.ts';
import { f1 } from '../averaging/f1.ts';
import { precision } from '../averaging/precision.ts';
import { recall } from '../averaging/recall.ts';
import {
  type ExpectedCalibrationErrorOptions,
  expectedCalibrationError,
} from '../calibration/expected-calibration-error.ts';
import { type ConfusionMatrixOptions, confusionMatrix } from '../confusion/confusion-matrix.ts';
import { logLoss } from '../loss/log-loss.ts';
import { lossSum } from '../loss/loss-sum.ts';
import { type MeanLossOptions, meanLoss } from '../loss/mean-loss.ts';
import { type WorstMistakesOptions, worstMistakes } from '../mistakes/worst-mistakes.ts';

/** Names that `createMetric` knows. */
export type MetricName =
  | 'loss'
  | 'loss-sum'
  | 'log-loss'
  | 'accuracy'
  | 'balanced-accuracy'
  | 'top-k'
  | 'precision'
  | 'recall'
  | 'f1'
  | 'calibration-error'
  | 'confusion-matrix'
  | 'worst-mistakes';

/** Options as a config file holds them; each factory checks the values of its own. */
type Options = Readonly<Record<string, JsonValue>>;

interface MetricEntry {
  readonly options: readonly string[];
  readonly create: (options: Options) => Metric<unknown>;
}

const entries: Readonly<Record<MetricName, MetricEntry>> = {
  loss: { options: ['per'], create: (options) => meanLoss(options as MeanLossOptions) },
  'loss-sum': { options: [], create: lossSum },
  'log-loss': { options: [], create: logLoss },
  accuracy: { options: [], create: accuracy },
  'balanced-accuracy': { options: [], create: balancedAccuracy },
  'top-k': { options: ['k'], create: (options) => topK(options as TopKOptions) },
  precision: { options: ['average'], create: (options) => precision(options as ClassAverageOptions) },
  recall: { options: ['average'], create: (options) => recall(options as ClassAverageOptions) },
  f1: { options: ['average'], create: (options) => f1(options as ClassAverageOptions) },
  'calibration-error': {
    options: ['bins'],
    create: (options) => expectedCalibrationError(options as ExpectedCalibrationErrorOptions),
  },
  'confusion-matrix': {
    options: ['classNames'],
    create: (options) => confusionMatrix(options as ConfusionMatrixOptions),
  },
  'worst-mistakes': { options: ['limit'], create: (options) => worstMistakes(options as WorstMistakesOptions) },
};

/** A metric as a config names it: by its name alone, or with options beside it. */
export type MetricSpec =
  | string
  | ({
      /** One of `metricNames()`. */
      readonly name: string;
    } & Options);

/** The names of all metrics, as configs write them. */
export function metricNames(): MetricName[] {
  return Object.keys(entries) as MetricName[];
}

/**
 * Makes a metric from its name, with its options if it is to have any.
 *
 * @example
 * createMetric('accuracy');
 * createMetric({ name: 'top-k', k: 3 });
 * @throws CnnError `invalid-argument` for an unknown name or option, naming the nearest, and for a value that the metric
 *   does not take.
 */
export function createMetric(spec: MetricSpec): Metric<unknown> {
  const { name, ...options } = typeof spec === 'string' ? { name: spec } : spec;
  const entry = entryOf(name);
  for (const option of Object.keys(options)) {
    if (!entry.options.includes(option)) throw unknownOption(name, option, entry.options);
  }
  return entry.create(options);
}

function entryOf(name: string): MetricEntry {
  const names = metricNames();
  const known = names.find((candidate) => candidate === name);
  if (known) return entries[known];
  throw new CnnError('invalid-argument', {
    where: 'createMetric',
    expected: `a metric (${names.join(', ')})`,
    received: name,
    remedy: `Write ${nearestName(name, names)}`,
  });
}

function unknownOption(name: string, option: string, known: readonly string[]): CnnError {
  const nearest = nearestName(option, known);
  return new CnnError('invalid-argument', {
    where: `createMetric ${name}`,
    expected: known.length > 0 ? `no options but ${known.join(', ')}` : 'no options',
    received: option,
    remedy: nearest ? `Write ${nearest}` : 'Leave it out',
  });
}
