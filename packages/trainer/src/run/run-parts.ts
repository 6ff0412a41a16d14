import type { Batch, Generator, JsonValue, Metric, Module } from '@cnn/core';
import type { CallbackList } from '../callbacks/callback-list.ts';
import type { ResumeOptions } from '../checkpoint/changed-config.ts';
import type { TrainingData } from '../data/training-data.ts';
import type { Loss } from '../losses/loss.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { ScheduleList } from '../schedules/schedule-list.ts';
import type { Step } from '../step/step.ts';
import type { WeightAverage } from '../step/weight-average.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { RunControl } from './run-control.ts';
import type { RunPlan } from './run-plan.ts';
import type { StopWatch } from './stop-watch.ts';

/** What a run is put together from. */
export interface RunParts {
  readonly plan: RunPlan;
  readonly model: Module;
  readonly optimizers: Readonly<Record<string, Optimizer>>;
  readonly step: Step;
  readonly schedules: ScheduleList;
  readonly average: WeightAverage | null;
  readonly data: TrainingData;
  /** By name; `dropout` among them. Saved with every checkpoint. */
  readonly generators: Readonly<Record<string, Generator>> & { readonly dropout: Generator };
  readonly callbacks: CallbackList;
  /** For evaluation; the step has its own. */
  readonly loss: Loss;
  readonly metrics: readonly Metric<unknown>[];
  readonly validation: AsyncIterable<Batch> | null;
  readonly test: AsyncIterable<Batch> | null;
  /** Batches of an evaluation after which it ends; null for all of them. */
  readonly limits: { readonly validation: number | null; readonly test: number | null };
  /** Batches of validation before the first step. */
  readonly sanityBatches: number;
  readonly store: CheckpointStore | null;
  /** Null to begin at the beginning. */
  readonly resume: ResumeOptions | null;
  /** Saved with checkpoints, and compared at a resume. */
  readonly config: () => JsonValue;
  readonly control: RunControl;
  readonly watch: StopWatch;
}
