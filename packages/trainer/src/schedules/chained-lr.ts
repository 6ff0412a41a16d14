import type { Schedule } from './schedule.ts';
import { commonInterval } from './sequential-lr.ts';

/**
 * Several schedules at once: each changes the rate that the one before it has set.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ChainedScheduler.html
 */
export function chainedLR({ schedules }: { schedules: readonly Schedule[] }): Schedule {
  return {
    every: commonInterval('chainedLR', schedules),
    start(groups, span) {
      const running = schedules.map((schedule) => schedule.start(groups, span));
      return {
        advance() {
          for (const schedule of running) schedule.advance();
        },
        state: () => running.map((schedule) => schedule.state()),
        restore(state) {
          const saved = Array.isArray(state) ? state : [];
          running.forEach((schedule, index) => {
            schedule.restore(saved[index] ?? null);
          });
        },
      };
    },
  };
}
