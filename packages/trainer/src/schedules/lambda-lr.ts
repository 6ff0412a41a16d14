import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * The initial rate times a function of the tick.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LambdaLR.html
 */
export function lambdaLR({ factor, every = 'epoch' }: TickOptions & { factor: (tick: number) => number }): Schedule {
  return tickSchedule(
    every,
    () =>
      ({ initialLr }, tick) =>
        initialLr * factor(tick),
  );
}
