import type { JsonValue } from '@cnn/core';
import type { ParameterGroup } from '../optimizers/parameter-group.ts';

/** When a schedule advances: after each optimizer update, each epoch, or each validation with the metric it watches. */
export type ScheduleInterval = 'step' | 'epoch' | 'validation';

/** How long the run is planned to be, for schedules that span it. */
export interface ScheduleSpan {
  /** Passes over the training data. */
  readonly epochs: number;
  /** Optimizer updates in all; null where the data does not say how many batches it has. */
  readonly totalSteps: number | null;
}

/**
 * How learning rates change over a run. A description: it holds nothing of a run, so one can be used for many.
 * `start` makes what runs.
 */
export interface Schedule {
  /** When it advances. */
  readonly every: ScheduleInterval;
  /** The metric it is told when it advances, for example `validation.loss`. */
  readonly monitor?: string;
  /**
   * Sets the rates of the first step, from the groups' present ones, and returns what will change them.
   *
   * @throws CnnError `invalid-argument` when it does not fit the groups or the span.
   */
  start(groups: readonly ParameterGroup[], span: ScheduleSpan): RunningSchedule;
}

/** A schedule at work on the groups of an optimizer. */
export interface RunningSchedule {
  /** Sets the rates of the next step or epoch, as PyTorch's `scheduler.step()`. */
  advance(measure?: number): void;
  /** What `restore` needs, besides the groups' rates. */
  state(): JsonValue;
  /** Takes up what `state` returned. The groups have their rates already. */
  restore(state: JsonValue): void;
}
