import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * Half a cosine from the initial rate to `etaMin` in `t0` ticks, then again from the top, each time `tMult` times as long.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html
 */
export function cosineAnnealingWarmRestarts({
  t0,
  tMult = 1,
  etaMin = 0,
  every = 'epoch',
}: TickOptions & { t0: number; tMult?: number; etaMin?: number }): Schedule {
  return tickSchedule(every, () => ({ initialLr }, tick) => {
    let since = tick;
    let length = t0;
    while (since >= length) {
      since -= length;
      length *= tMult;
    }
    return etaMin + ((initialLr - etaMin) * (1 + Math.cos((Math.PI * since) / length))) / 2;
  });
}
