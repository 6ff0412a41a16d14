import { type BatchSource, CnnError } from '@cnn/core';
import { CallbackList } from '../callbacks/callback-list.ts';
import { TrainingData } from '../data/training-data.ts';
import { crossEntropyLoss } from '../losses/cross-entropy-loss.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import { ActiveRun } from '../run/active-run.ts';
import { resolveMonitor } from '../run/monitor.ts';
import { namedGenerator } from '../run/named-generator.ts';
import type { RunControl } from '../run/run-control.ts';
import { NO_STOP_WATCH } from '../run/stop-watch.ts';
import type { Schedule } from '../schedules/schedule.ts';
import { ScheduleList } from '../schedules/schedule-list.ts';
import { clipByNorm, clipByValue } from '../step/clip-gradients.ts';
import type { GradientTransform } from '../step/gradients.ts';
import { type SupervisedStepOptions, supervisedStep } from '../step/supervised-step.ts';
import { applyDebugFlags } from './debug-flags.ts';
import type { FitOptions } from './fit-options.ts';

/**
 * Puts a run together from its options, everything that is left out filled in.
 *
 * @throws CnnError `invalid-argument` naming the option that makes no sense.
 */
export function createRun(given: FitOptions, control: RunControl): ActiveRun {
  const options = applyDebugFlags(given);
  const { model, loss = crossEntropyLoss(), schedule = null, seed = 0, accumulate = 1, limits = {} } = options;
  const { epochs = 1, maxSteps = null, logEverySteps = 100, validation = null, test = null, config = null } = options;
  checkCount('epochs', epochs, 0);
  if (maxSteps !== null) checkCount('maxSteps', maxSteps, 0);
  checkCount('logEverySteps', logEverySteps, 1);
  checkCount('accumulate', accumulate, 1);
  checkFlags(given);
  for (const name of ['data', 'validation', 'test'] as const) checkNotEmpty(name, given[name]);

  const optimizers = options.optimizer instanceof Optimizer ? { optimizer: options.optimizer } : options.optimizer;
  const data = new TrainingData(options.data, { groupSize: accumulate, limit: limits.train ?? null });
  const resume = options.resume === true ? {} : options.resume || null;
  const stepsPerEpoch = data.batchesPerEpoch === null ? null : Math.ceil(data.batchesPerEpoch / accumulate);
  const step = options.step ?? supervisedStep({ ...supervised(options, optimizers), model, loss });

  const totalSteps =
    stepsPerEpoch === null ? maxSteps : Math.min(stepsPerEpoch * epochs, maxSteps ?? Number.POSITIVE_INFINITY);
  if (schedule?.every === 'validation' && !validation) throw nothingToWatch(schedule);

  return new ActiveRun({
    plan: {
      epochs,
      maxSteps,
      batchesPerEpoch: data.batchesPerEpoch,
      stepsPerEpoch,
      totalSteps,
      logEverySteps,
      accumulate,
      seed,
      monitor: resolveMonitor(options, { monitor: validation ? 'validation.loss' : 'train.loss', mode: 'min' }),
      hasValidation: validation !== null,
    },
    model,
    optimizers,
    step,
    schedules: new ScheduleList(schedule, Object.values(optimizers), { epochs, totalSteps }),
    average: options.average?.(model) ?? null,
    data,
    generators: { ...options.generators, dropout: options.generators?.dropout ?? namedGenerator(seed, 'dropout') },
    callbacks: new CallbackList(options.callbacks ?? []),
    loss,
    metrics: options.metrics ?? [],
    validation,
    test,
    sanityBatches: options.sanityBatches ?? 0,
    limits: { validation: limits.validation ?? null, test: limits.test ?? null },
    store: options.store ?? null,
    resume,
    config: typeof config === 'function' ? config : () => config,
    control,
    watch: options.watch ?? NO_STOP_WATCH,
  });
}

function supervised(
  { gradientClip = null }: FitOptions,
  optimizers: Readonly<Record<string, Optimizer>>,
): Pick<SupervisedStepOptions, 'optimizer' | 'transforms'> {
  const [optimizer, ...others] = Object.values(optimizers);
  if (!optimizer || others.length > 0) {
    throw new CnnError('invalid-argument', {
      where: 'fit.optimizer',
      expected: 'one optimizer for supervised learning',
      received: String(Object.keys(optimizers).length),
      remedy: 'Pass one optimizer, or a step of your own that uses them all',
    });
  }
  return { optimizer, transforms: clipping(gradientClip) };
}

/** Of the flags that debug a run, before they are turned into other options. */
function checkFlags({ limits = {}, overfitBatches = 0, sanityBatches = 0, fastDevRun = false }: FitOptions): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (limit !== null && limit !== undefined) checkCount(`limits.${name}`, limit, 1);
  }
  checkCount('overfitBatches', overfitBatches, 0);
  checkCount('sanityBatches', sanityBatches, 0);
  if (typeof fastDevRun === 'number') checkCount('fastDevRun', fastDevRun, 0);
}

function clipping(clip: NonNullable<FitOptions['gradientClip']> | null): GradientTransform[] {
  if (clip === null) return [];
  checkClip(clip);
  if (typeof clip === 'number') return [clipByNorm({ maxNorm: clip })];
  return 'norm' in clip ? [clipByNorm({ maxNorm: clip.norm })] : [clipByValue({ limit: clip.value })];
}

/** A source that knows its length is found empty before anything has begun. */
function checkNotEmpty(name: string, source: BatchSource | null | undefined): void {
  if (source?.length !== 0) return;
  throw new CnnError('invalid-argument', {
    where: `fit.${name}`,
    expected: 'at least one batch',
    received: 'none',
    remedy: 'Check that the data set is not empty, and that dropLast does not drop its only batch',
  });
}

function checkClip(clip: NonNullable<FitOptions['gradientClip']>): void {
  const [size] = typeof clip === 'number' ? [clip] : Object.values(clip);
  if (typeof size === 'number' && size > 0) return;
  throw new CnnError('invalid-argument', {
    where: 'fit.gradientClip',
    expected: 'a norm, { norm } or { value }, greater than 0',
    received: String(size),
    remedy: 'Pass for example 1, or null for gradients as they are',
  });
}

function checkCount(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new CnnError('invalid-argument', {
    where: `fit.${name}`,
    expected: `an integer of at least ${least}`,
    received: String(value),
    remedy: `Correct ${name}`,
  });
}

function nothingToWatch({ monitor = 'a validation metric' }: Schedule): CnnError {
  return new CnnError('invalid-argument', {
    where: 'fit.schedule',
    expected: `validation data, since the schedule watches ${monitor}`,
    received: 'none',
    remedy: "Pass validation data, or let the schedule watch 'train.loss'",
  });
}
