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
import { z } from 'zod';
import { type BuiltIn, type BuiltIns, builtIn } from '../config/built-in.ts';

const count = z.int().min(1);
const gamma = z.number().positive();
const TICKS = {
  every: z.enum(['step', 'epoch']).default('epoch').describe('what the schedule counts'),
  warmUp: z.int().min(0).default(0).describe('rise linearly from 1 % of the rate during so many of them first'),
};

/** A schedule that counts steps or epochs and may warm up. */
function ticking<Options extends { every: 'step' | 'epoch'; warmUp: number }>(
  schema: z.ZodType<Options>,
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
    z.strictObject({ ...TICKS, stepSize: count.describe('ticks between changes'), gamma: gamma.default(0.1) }),
    (options) => stepLR(options),
  ),
  'multi-step-lr': ticking(
    z.strictObject({
      ...TICKS,
      milestones: z.array(count).min(1).describe('ticks at which the rate changes'),
      gamma: gamma.default(0.1),
    }),
    (options) => multiStepLR(options),
  ),
  'exponential-lr': ticking(z.strictObject({ ...TICKS, gamma: gamma.describe('factor of every tick') }), (options) =>
    exponentialLR(options),
  ),
  'cosine-annealing-lr': ticking(
    z.strictObject({
      ...TICKS,
      tMax: count.nullable().default(null).describe('ticks from the highest to the lowest rate; null: the whole run'),
      etaMin: z.number().min(0).default(0).describe('lowest rate'),
    }),
    ({ tMax, ...options }) => cosineAnnealingLR({ ...options, ...(tMax === null ? {} : { tMax }) }),
  ),
  'cosine-annealing-warm-restarts': ticking(
    z.strictObject({
      ...TICKS,
      t0: count.describe('ticks to the first restart'),
      tMult: count.default(1).describe('how many times longer each period is'),
      etaMin: z.number().min(0).default(0).describe('lowest rate'),
    }),
    (options) => cosineAnnealingWarmRestarts(options),
  ),
  'linear-lr': ticking(
    z.strictObject({
      ...TICKS,
      startFactor: z
        .number()
        .positive()
        .max(1)
        .default(1 / 3),
      endFactor: z.number().min(0).max(1).default(1),
      totalIters: count.default(5).describe('ticks of the change'),
    }),
    (options) => linearLR(options),
  ),
  'one-cycle-lr': builtIn(
    z.strictObject({
      maxLr: z.number().positive().describe('highest rate'),
      totalSteps: count.nullable().default(null).describe('length of the cycle; null: the whole run'),
      pctStart: z.number().min(0).max(1).default(0.3).describe('share of the steps in which the rate rises'),
      annealStrategy: z.enum(['cos', 'linear']).default('cos'),
      cycleMomentum: z.boolean().default(true),
      baseMomentum: z.number().min(0).max(1).default(0.85),
      maxMomentum: z.number().min(0).max(1).default(0.95),
      divFactor: z.number().positive().default(25).describe('the first rate is maxLr / divFactor'),
      finalDivFactor: z.number().positive().default(1e4).describe('the last rate is the first divided by this'),
      threePhase: z.boolean().default(false),
    }),
    ({ totalSteps, ...options }) => oneCycleLR({ ...options, ...(totalSteps === null ? {} : { totalSteps }) }),
  ),
  'reduce-lr-on-plateau': builtIn(
    z.strictObject({
      monitor: z.string().min(1).default('validation.loss').describe('metric to watch'),
      mode: z
        .enum(['min', 'max'])
        .nullable()
        .default(null)
        .describe('whether less or more is better; null: by its name'),
      factor: z.number().positive().lt(1).default(0.1),
      patience: z.int().min(0).default(10).describe('times without improvement that are let pass'),
      threshold: z.number().min(0).default(1e-4),
      thresholdMode: z.enum(['rel', 'abs']).default('rel'),
      cooldown: z.int().min(0).default(0),
      minLr: z.number().min(0).default(0),
      eps: z.number().min(0).default(1e-8),
    }),
    ({ mode, ...options }) => reduceLROnPlateau({ ...options, ...(mode === null ? {} : { mode }) }),
  ),
};
