import {
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
  exponentialLR,
  linearLR,
  multiStepLR,
  oneCycleLR,
  reduceLROnPlateau,
  type Schedule,
  stepLR,
  warmUp,
} from '@cnn/trainer';
import * as z from 'zod/mini';
import { type BuiltIn, type BuiltIns, builtIn } from '../config/built-in.ts';
import { COUNT, described, list, number, option, orNull, TEXT, whole } from '../config/option.ts';

const gamma = number({ above: 0 });
const TICKS = {
  every: option(z.enum(['step', 'epoch']), 'epoch', 'what the schedule counts'),
  warmUp: option(whole({ min: 0 }), 0, 'rise linearly from 1 % of the rate during so many of them first'),
};

/** A schedule that counts steps or epochs and may warm up. */
function ticking<Options extends { every: 'step' | 'epoch'; warmUp: number }>(
  schema: z.ZodMiniType<Options>,
  create: (options: Options) => Schedule,
): BuiltIn<void, Schedule> {
  return builtIn(schema, (options) => {
    const schedule = create(options);
    return options.warmUp === 0 ? schedule : warmUp({ ticks: options.warmUp, schedule });
  });
}

/** Schedules by the name that configs use; options are named and preset as in `torch.optim.lr_scheduler`. */
export const SCHEDULES: BuiltIns<void, Schedule> = {
  'step-lr': ticking(
    z.strictObject({ ...TICKS, stepSize: described(COUNT, 'ticks between changes'), gamma: option(gamma, 0.1) }),
    (options) => stepLR(options),
  ),
  'multi-step-lr': ticking(
    z.strictObject({
      ...TICKS,
      milestones: described(list(COUNT, { least: 1 }), 'ticks at which the rate changes'),
      gamma: option(gamma, 0.1),
    }),
    (options) => multiStepLR(options),
  ),
  'exponential-lr': ticking(z.strictObject({ ...TICKS, gamma: described(gamma, 'factor of every tick') }), (options) =>
    exponentialLR(options),
  ),
  'cosine-annealing-lr': ticking(
    z.strictObject({
      ...TICKS,
      tMax: orNull(COUNT, 'ticks from the highest to the lowest rate; null: the whole run'),
      etaMin: option(number({ min: 0 }), 0, 'lowest rate'),
    }),
    ({ tMax, ...options }) => cosineAnnealingLR({ ...options, ...(tMax === null ? {} : { tMax }) }),
  ),
  'cosine-annealing-warm-restarts': ticking(
    z.strictObject({
      ...TICKS,
      t0: described(COUNT, 'ticks to the first restart'),
      tMult: option(COUNT, 1, 'how many times longer each period is'),
      etaMin: option(number({ min: 0 }), 0, 'lowest rate'),
    }),
    (options) => cosineAnnealingWarmRestarts(options),
  ),
  'linear-lr': ticking(
    z.strictObject({
      ...TICKS,
      startFactor: option(number({ max: 1, above: 0 }), 1 / 3),
      endFactor: option(number({ min: 0, max: 1 }), 1),
      totalIters: option(COUNT, 5, 'ticks of the change'),
    }),
    (options) => linearLR(options),
  ),
  'one-cycle-lr': builtIn(
    z.strictObject({
      maxLr: described(number({ above: 0 }), 'highest rate'),
      totalSteps: orNull(COUNT, 'length of the cycle; null: the whole run'),
      pctStart: option(number({ min: 0, max: 1 }), 0.3, 'share of the steps in which the rate rises'),
      annealStrategy: option(z.enum(['cos', 'linear']), 'cos'),
      cycleMomentum: option(z.boolean(), true),
      baseMomentum: option(number({ min: 0, max: 1 }), 0.85),
      maxMomentum: option(number({ min: 0, max: 1 }), 0.95),
      divFactor: option(number({ above: 0 }), 25, 'the first rate is maxLr / divFactor'),
      finalDivFactor: option(number({ above: 0 }), 1e4, 'the last rate is the first divided by this'),
      threePhase: option(z.boolean(), false),
    }),
    ({ totalSteps, ...options }) => oneCycleLR({ ...options, ...(totalSteps === null ? {} : { totalSteps }) }),
  ),
  'reduce-lr-on-plateau': builtIn(
    z.strictObject({
      monitor: option(TEXT, 'validation.loss', 'metric to watch'),
      mode: orNull(z.enum(['min', 'max']), 'whether less or more is better; null: by its name'),
      factor: option(number({ above: 0, below: 1 }), 0.1),
      patience: option(whole({ min: 0 }), 10, 'times without improvement that are let pass'),
      threshold: option(number({ min: 0 }), 1e-4),
      thresholdMode: option(z.enum(['rel', 'abs']), 'rel'),
      cooldown: option(whole({ min: 0 }), 0),
      minLr: option(number({ min: 0 }), 0),
      eps: option(number({ min: 0 }), 1e-8),
    }),
    ({ mode, ...options }) => reduceLROnPlateau({ ...options, ...(mode === null ? {} : { mode }) }),
  ),
};
