import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * Multiplies the rate by `gamma` every `stepSize` ticks.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
 */
export function stepLR({
  stepSize,
  gamma = 0.1,
  every = 'epoch',
}: TickOptions & { stepSize: number; gamma?: number }): Schedule {
  return tickSchedule(
    every,
    () =>
      ({ lr }, tick) =>
        tick > 0 && tick % stepSize === 0 ? lr * gamma : lr,
  );
}
