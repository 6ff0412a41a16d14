import type { ParameterGroup } from '../optimizers/parameter-group.ts';
import type { RunningSchedule, Schedule, ScheduleSpan } from './schedule.ts';

/** Starts `schedule` from the rates that the groups were made with, whatever they are now. */
export function startFromInitial(
  schedule: Schedule,
  groups: readonly ParameterGroup[],
  span: ScheduleSpan,
): RunningSchedule {
  for (const group of groups) group.lr = group.initialLr;
  return schedule.start(groups, span);
}
