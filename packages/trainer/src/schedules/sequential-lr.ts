import { CnnError, type JsonValue } from '@cnn/core';
import { linearLR } from './linear-lr.ts';
import type { Schedule, ScheduleInterval, ScheduleSpan } from './schedule.ts';
import { startFromInitial } from './start-from-initial.ts';

/**
 * One schedule after another: the next takes over at each milestone, from the initial rate.
 *
 * @throws CnnError `invalid-argument` unless there is one milestone less than schedules, and all count the same ticks.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html
 */
export function sequentialLR({
  schedules,
  milestones,
}: {
  schedules: readonly Schedule[];
  milestones: readonly number[];
}): Schedule {
  if (milestones.length !== schedules.length - 1) {
    throw new CnnError('invalid-argument', {
      where: 'sequentialLR.milestones',
      expected: `${schedules.length - 1} milestones for ${schedules.length} schedules`,
      received: `${milestones.length}`,
      remedy: 'Name the tick at which each schedule but the first takes over',
    });
  }
  const every = commonInterval('sequentialLR', schedules);
  const at = (tick: number): number => milestones.filter((milestone) => milestone <= tick).length;
  return {
    every,
    start(groups, span) {
      const spanOf = (index: number): ScheduleSpan => partOf(span, milestones[index - 1] ?? 0, milestones[index]);
      let tick = 0;
      let running = startFromInitial(schedules[at(0)]!, groups, spanOf(at(0)));
      return {
        advance() {
          tick++;
          if (at(tick) === at(tick - 1)) running.advance();
          else running = startFromInitial(schedules[at(tick)]!, groups, spanOf(at(tick)));
        },
        state: () => ({ tick, running: running.state() }),
        restore(state) {
          const saved = state as { readonly tick: number; readonly running: JsonValue };
          tick = saved.tick;
          const rates = groups.map(({ lr, momentum }) => ({ lr, momentum }));
          running = schedules[at(tick)]!.start(groups, spanOf(at(tick)));
          groups.forEach((group, index) => {
            Object.assign(group, rates[index]);
          });
          running.restore(saved.running);
        },
      };
    },
  };
}

/** What a schedule that runs from one milestone to the next has to span. */
function partOf({ epochs, totalSteps }: ScheduleSpan, from: number, to = Number.POSITIVE_INFINITY): ScheduleSpan {
  const length = (ticks: number): number => Math.max(1, Math.min(ticks, to) - from);
  return { epochs: length(epochs), totalSteps: totalSteps === null ? null : length(totalSteps) };
}

/**
 * A linear rise from `startFactor` times the rate during the first `ticks` ticks, then `schedule`, for the rest of the run.
 *
 * @example
 * warmUp({ ticks: 500, schedule: cosineAnnealingLR({ every: 'step' }) })
 */
export function warmUp({
  ticks,
  schedule,
  startFactor = 0.01,
}: {
  ticks: number;
  schedule: Schedule;
  startFactor?: number;
}): Schedule {
  const every = commonInterval('warmUp', [schedule]) === 'step' ? 'step' : 'epoch';
  const rise = linearLR({ startFactor, totalIters: ticks, every });
  return sequentialLR({ schedules: [rise, schedule], milestones: [ticks] });
}

/** @throws CnnError `invalid-argument` when schedules count different ticks, or one waits for a metric. */
export function commonInterval(where: string, schedules: readonly Schedule[]): ScheduleInterval {
  const [every, ...others] = new Set(schedules.map((schedule) => schedule.every));
  if (every !== undefined && others.length === 0 && schedules.every(({ monitor }) => monitor === undefined))
    return every;
  throw new CnnError('invalid-argument', {
    where: `${where}.schedules`,
    expected: 'schedules that count the same ticks and watch no metric',
    received: schedules.map((schedule) => schedule.monitor ?? schedule.every).join(', ') || 'none',
    remedy: "Give all of them every: 'step' or every: 'epoch'",
  });
}
