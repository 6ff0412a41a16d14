import { CnnError } from '@cnn/core';
import type { ScheduleInterval, ScheduleSpan } from './schedule.ts';

/**
 * Ticks of the whole run.
 *
 * @throws CnnError `invalid-argument` when the data does not say how many batches it has.
 */
export function plannedTicks(where: string, every: ScheduleInterval, { epochs, totalSteps }: ScheduleSpan): number {
  if (every !== 'step') return epochs;
  if (totalSteps !== null) return totalSteps;
  throw new CnnError('invalid-argument', {
    where,
    expected: 'a count of steps, since the data does not say how many batches an epoch has',
    received: 'none',
    remedy: 'Pass it, or train from data with a length',
  });
}
