import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * Multiplies the rate by `gamma` at every tick.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html
 */
export function exponentialLR({ gamma, every = 'epoch' }: TickOptions & { gamma: number }): Schedule {
  return tickSchedule(
    every,
    () =>
      ({ lr }, tick) =>
        tick === 0 ? lr : lr * gamma,
  );
}
