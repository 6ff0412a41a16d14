import type { BatchSource, Generator, JsonValue, Metric, Module } from '@cnn/core';
import type { Callback } from '../callbacks/callback.ts';
import type { ResumeOptions } from '../checkpoint/changed-config.ts';
import type { Loss } from '../losses/loss.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { MonitorOptions } from '../run/monitor.ts';
import type { StopWatch } from '../run/stop-watch.ts';
import type { Schedule } from '../schedules/schedule.ts';
import type { Step } from '../step/step.ts';
import type { WeightAverage } from '../step/weight-average.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';

/** Largest norm of all gradients together, as a number or by name; or the largest value of each element. */
export type GradientClip =
  | number
  | {
      /** Largest Euclidean length of all gradients together. */
      readonly norm: number;
    }
  | {
      /** Largest magnitude of an element. */
      readonly value: number;
    };

/** Batches after which an epoch or an evaluation ends; null for all of them. */
export interface BatchLimits {
  /** Of each training epoch. */
  readonly train?: number | null;
  /** Of each validation. */
  readonly validation?: number | null;
  /** Of the test. */
  readonly test?: number | null;
}

/** What to train, on what, and how. Whoever made a model, an optimizer or data disposes it; a run disposes its own. */
export interface FitOptions extends MonitorOptions {
  /** Trained in place. */
  readonly model: Module;
  /** Training data: anything that can be walked once an epoch. */
  readonly data: BatchSource;
  /** Evaluated after each epoch. */
  readonly validation?: BatchSource | null;
  /** Evaluated once, when training has completed or was stopped. */
  readonly test?: BatchSource | null;
  /** One, or several by name for a `step` that uses several. Learning rates are its own, see `schedule`. */
  readonly optimizer: Optimizer | Readonly<Record<string, Optimizer>>;
  /** Default: cross-entropy. */
  readonly loss?: Loss;
  /** How the learning rates change; without one they stay as they are set. */
  readonly schedule?: Schedule | null;
  /** Computed on validation and test data. */
  readonly metrics?: readonly Metric<unknown>[];
  /** In the order in which their hooks are called. */
  readonly callbacks?: readonly Callback[];
  /** Passes over the training data. Default 1. */
  readonly epochs?: number;
  /** Optimizer updates after which the run completes, validation included. */
  readonly maxSteps?: number | null;
  /** How often losses are read back from the device. */
  readonly logEverySteps?: number;
  /** Largest norm of all gradients together, or limits by norm or by value. */
  readonly gradientClip?: GradientClip | null;
  /** Batches of one optimizer update. */
  readonly accumulate?: number;
  /** The mathematics of a step; supervised learning by default, with `gradientClip` and `accumulate`. */
  readonly step?: Step;
  /** Evaluate an average of the weights, for example `weightAverage({ decay: 0.999 })`. */
  readonly average?: ((model: Module) => WeightAverage) | null;
  /** Seeds the streams of the run's own random numbers (dropout). */
  readonly seed?: number;
  /** Generators that others draw from while the run lasts, for example the one that shuffles: saved with checkpoints. */
  readonly generators?: Readonly<Record<string, Generator>>;
  /** Interrupts the run after the current step; what it has is saved. */
  readonly signal?: AbortSignal;
  /** Where checkpoints are kept. Without one nothing is saved. */
  readonly store?: CheckpointStore | null;
  /** Go on from the store's last checkpoint; from the beginning where there is none. */
  readonly resume?: boolean | ResumeOptions;
  /**
   * What the run was configured with. A resume with another one is refused. A function says what it is configured with
   * now, where that changes while it trains.
   */
  readonly config?: JsonValue | (() => JsonValue);
  /** One batch (or so many) of training and validation in one epoch, nothing written: does it run at all? */
  readonly fastDevRun?: boolean | number;
  /** Train and validate on the first so many batches, the same ones each epoch: can it learn them by heart? */
  readonly overfitBatches?: number;
  /** Batches after which an epoch or an evaluation ends. */
  readonly limits?: BatchLimits;
  /** Batches of validation before the first step, to find its faults early. */
  readonly sanityBatches?: number;
  /** Splits the time of steps into phases. */
  readonly watch?: StopWatch;
}
