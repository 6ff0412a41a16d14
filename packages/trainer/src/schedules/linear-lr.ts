import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * Scales the rate by a factor that goes linearly from `startFactor` to `endFactor` in `totalIters` ticks.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html
 */
export function linearLR({
  startFactor = 1 / 3,
  endFactor = 1,
  totalIters = 5,
  every = 'epoch',
}: TickOptions & { startFactor?: number; endFactor?: number; totalIters?: number } = {}): Schedule {
  const rise = endFactor - startFactor;
  return tickSchedule(every, () => ({ lr }, tick) => {
    if (tick === 0) return lr * startFactor;
    if (tick > totalIters) return lr;
    return lr * (1 + rise / (totalIters * startFactor + (tick - 1) * rise));
  });
}
