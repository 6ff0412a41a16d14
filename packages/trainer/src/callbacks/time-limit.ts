import type { Callback } from './callback.ts';
import { duration } from './readable.ts';

/** Stops the run after the step in which it has taken so long; sessions before a resume count, pauses do not. */
export function timeLimit({ minutes }: { minutes: number }): Callback {
  return {
    name: 'time-limit',
    onStepEnd(run) {
      if (run.state.seconds >= minutes * 60) run.requestStop(`time limit of ${duration(minutes * 60)} reached`);
    },
  };
}
