import { plannedTicks } from './planned-ticks.ts';
import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * Lets the rate fall to `etaMin` along half a cosine in `tMax` ticks, and rise again after.
 * Without `tMax` it spans the run.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html
 */
export function cosineAnnealingLR({
  tMax,
  etaMin = 0,
  every = 'epoch',
}: TickOptions & { tMax?: number; etaMin?: number } = {}): Schedule {
  return tickSchedule(every, (span) => {
    const ticks = tMax ?? plannedTicks('cosineAnnealingLR.tMax', every, span);
    const height = (tick: number): number => 1 + Math.cos((Math.PI * tick) / ticks);
    return ({ lr, initialLr }, tick) => {
      if (tick === 0) return lr;
      if ((tick - 1 - ticks) % (2 * ticks) === 0) {
        // One tick after the lowest point, where the ratio of heights is 0 / 0.
        return lr + ((initialLr - etaMin) * (1 - Math.cos(Math.PI / ticks))) / 2;
      }
      return (height(tick) / height(tick - 1)) * (lr - etaMin) + etaMin;
    };
  });
}
