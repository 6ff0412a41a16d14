import type { ParameterGroup } from '../optimizers/parameter-group.ts';
import type { Schedule, ScheduleInterval, ScheduleSpan } from './schedule.ts';

/**
 * The rate of a group at a tick: 0 when the schedule starts, then 1, 2, ... Most follow from the rate before, as in
 * PyTorch, so that a rate changed by hand or by another schedule stays changed.
 */
export type RateRule = (group: ParameterGroup, tick: number) => number;

/** A schedule that counts its ticks and keeps nothing else. */
export function tickSchedule(every: ScheduleInterval, ruleFor: (span: ScheduleSpan) => RateRule): Schedule {
  return {
    every,
    start(groups, span) {
      const rule = ruleFor(span);
      let tick = 0;
      const apply = (): void => {
        for (const group of groups) group.lr = rule(group, tick);
      };
      apply();
      return {
        advance() {
          tick++;
          apply();
        },
        state: () => tick,
        restore(state) {
          tick = Number(state);
        },
      };
    },
  };
}

/** What schedules that count ticks have in common. */
export interface TickOptions {
  /** What a tick is. */
  readonly every?: 'step' | 'epoch';
}
