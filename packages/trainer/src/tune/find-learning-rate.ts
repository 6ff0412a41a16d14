import type { BatchSource, Module } from '@cnn/core';
import { fit } from '../fit/fit.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Schedule } from '../schedules/schedule.ts';
import { optimizerSnapshot } from './optimizer-snapshot.ts';

/** How the range of rates is tried. */
export interface LearningRateFinderOptions
  extends Pick<FitOptions, 'loss' | 'step' | 'gradientClip' | 'accumulate' | 'seed' | 'signal'> {
  /** Trained for a few steps, and put back. */
  readonly model: Module;
  /** A walk over it is begun anew when it ends. Use a loader of its own: its generator moves on. */
  readonly data: BatchSource;
  /** Used, and put back. */
  readonly optimizer: Optimizer;
  /** The first and the last rate, with `steps` rates between in equal ratios. */
  readonly minLr?: number;
  /** The last rate. Default 10. */
  readonly maxLr?: number;
  /** Rates tried. Default 100. */
  readonly steps?: number;
  /** Stop once the smoothed loss is so many times the best. */
  readonly divergence?: number;
}

/** A rate that was tried. */
export interface RatePoint {
  /** Learning rate of the step. */
  readonly lr: number;
  /** Loss of the step, before its update. */
  readonly loss: number;
  /** Exponential mean of the losses so far, corrected for its start. */
  readonly smoothedLoss: number;
}

/** What a range test found: points to plot (rate on a logarithmic axis), and a rate to use. */
export interface LearningRateFinding {
  /** In the order of their rates. */
  readonly points: readonly RatePoint[];
  /** Where the smoothed loss falls fastest; null when it never falls. */
  readonly suggestion: number | null;
  /** The rate at which the loss diverged; null when it did not. */
  readonly divergedAt: number | null;
}

const SMOOTHING = 0.95;

/**
 * The learning-rate range test: trains for a few steps while the rate rises from very small to very large, and finds the
 * rate at which the loss falls fastest. Weights and optimizer are then as they were.
 *
 * @see https://arxiv.org/abs/1506.01186 Smith, Cyclical learning rates for training neural networks
 */
export async function findLearningRate({
  model,
  data,
  optimizer,
  minLr = 1e-7,
  maxLr = 10,
  steps = 100,
  divergence = 4,
  ...options
}: LearningRateFinderOptions): Promise<LearningRateFinding> {
  const weights = await model.stateDict();
  const restoreOptimizer = await optimizerSnapshot(optimizer);
  const points: RatePoint[] = [];
  let divergedAt: number | null = null;
  let mean = 0;
  let best = Number.POSITIVE_INFINITY;
  try {
    const outcome = await fit({
      ...options,
      model,
      data,
      optimizer,
      epochs: Number.MAX_SAFE_INTEGER,
      maxSteps: steps,
      logEverySteps: 1,
      schedule: risingRate(minLr, maxLr, steps),
      callbacks: [
        {
          name: 'range-test',
          onStepEnd(run) {
            const { lastLoss, lastLr, step } = run.state;
            const loss = lastLoss!;
            const lr = lastLr[0]!;
            mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
            const smoothedLoss = mean / (1 - SMOOTHING ** step);
            if (Number.isNaN(smoothedLoss) || (step > 1 && smoothedLoss > divergence * best)) {
              divergedAt = lr;
              run.requestStop('diverged');
              return;
            }
            best = Math.min(best, smoothedLoss);
            points.push({ lr, loss, smoothedLoss });
          },
        },
      ],
    });
    if (outcome.errors.length > 0) throw outcome.errors[0];
  } finally {
    model.loadStateDict(weights);
    restoreOptimizer();
  }
  return { points, suggestion: steepest(points), divergedAt };
}

/** The same ratio between one step's rate and the next. */
function risingRate(from: number, to: number, steps: number): Schedule {
  return {
    every: 'step',
    start(groups) {
      const ratio = (to / from) ** (1 / Math.max(1, steps - 1));
      for (const group of groups) group.lr = from;
      return {
        advance() {
          for (const group of groups) group.lr *= ratio;
        },
        state: () => null,
        restore() {},
      };
    },
  };
}

/** The first tenth is where the mean settles, and the last where it begins to rise. */
function steepest(points: readonly RatePoint[]): number | null {
  const margin = Math.floor(points.length / 10);
  let suggestion: number | null = null;
  let fastest = 0;
  for (let index = margin + 1; index < points.length - margin; index++) {
    const [before, here] = [points[index - 1]!, points[index]!];
    const fall = (before.smoothedLoss - here.smoothedLoss) / (Math.log(here.lr) - Math.log(before.lr));
    if (fall <= fastest) continue;
    fastest = fall;
    suggestion = here.lr;
  }
  return suggestion;
}
