import type { JsonValue } from '@cnn/core';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { monitoredValue } from '../run/monitor.ts';
import type { RunState } from '../run/run-state.ts';
import type { RunningSchedule, Schedule, ScheduleInterval, ScheduleSpan } from './schedule.ts';
import { startFromInitial } from './start-from-initial.ts';

/** A run's schedule at work on each of its optimizers. */
export class ScheduleList {
  readonly #schedule: Schedule | null;
  readonly #running: readonly RunningSchedule[];
  readonly #optimizers: readonly Optimizer[];

  /** Sets the rates of the first step. */
  constructor(schedule: Schedule | null, optimizers: readonly Optimizer[], span: ScheduleSpan) {
    this.#schedule = schedule;
    this.#optimizers = optimizers;
    this.#running = schedule ? optimizers.map(({ groups }) => startFromInitial(schedule, groups, span)) : [];
  }

  /** Learning rates of all groups of all optimizers, now. */
  get lr(): readonly number[] {
    return this.#optimizers.flatMap(({ groups }) => groups.map(({ lr }) => lr));
  }

  /** Tells the schedule that a step, an epoch or a validation is over, if that is what it waits for. */
  advance(moment: ScheduleInterval, state: RunState): void {
    if (this.#schedule?.every !== moment) return;
    const { monitor } = this.#schedule;
    const measure = monitor === undefined ? undefined : monitoredValue(state, monitor);
    for (const running of this.#running) running.advance(measure);
  }

  state(): JsonValue {
    return this.#running.map((running) => running.state());
  }

  restore(state: JsonValue): void {
    if (!Array.isArray(state)) return;
    this.#running.forEach((running, index) => {
      running.restore(state[index] ?? null);
    });
  }
}
