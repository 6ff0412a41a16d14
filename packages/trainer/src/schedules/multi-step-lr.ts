import type { Schedule } from './schedule.ts';
import { type TickOptions, tickSchedule } from './tick-schedule.ts';

/**
 * Multiplies the rate by `gamma` at each of the milestones; one named twice counts twice.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html
 */
export function multiStepLR({
  milestones,
  gamma = 0.1,
  every = 'epoch',
}: TickOptions & { milestones: readonly number[]; gamma?: number }): Schedule {
  return tickSchedule(every, () => ({ lr }, tick) => {
    const times = milestones.filter((milestone) => milestone === tick).length;
    return times === 0 ? lr : lr * gamma ** times;
  });
}
