import type { JsonValue } from '@cnn/core';
import type { ParameterGroup } from '../optimizers/optimizer.ts';

/** When a schedule advances: after each optimizer update, each epoch, or each validation with the metric it watches. */
export type ScheduleInterval = 'step' | 'epoch' | 'validation';

/**
 * How learning rates change over a run. A description: it holds nothing of a run, so one can be used for many.
 * `start` makes what runs.
 */
export interface Schedule {
  readonly every: ScheduleInterval;
  /** For `every: 'validation'`: the metric it is told, for example `validation.loss`. */
  readonly monitor?: string;
  /** Sets the rates of the first step and returns what will change them. It reads and writes the groups' `lr`. */
  start(groups: readonly ParameterGroup[]): RunningSchedule;
}

/** A schedule at work on the groups of an optimizer. */
export interface RunningSchedule {
  /** Sets the rates of the next step or epoch, as PyTorch's `scheduler.step()`. */
  advance(measure?: number): void;
  /** What `restore` needs, besides the groups' rates. */
  state(): JsonValue;
  restore(state: JsonValue): void;
}
