import type { Config } from '@cnn/cli/config';
import { type Signal, signal } from '@preact/signals';
import type { EpochPoint, StepPoint } from '../session/session-event.ts';

/** A run that was trained on this visit and then left for another: its curve stays to compare with. */
export interface EarlierRun {
  readonly id: number;
  readonly config: Config;
  readonly losses: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
  readonly shown: boolean;
}

/** So many are kept: more curves than these cannot be told apart. */
const MOST = 6;
/** A run of fewer steps says nothing. */
const LEAST_STEPS = 5;

/** Oldest first. */
export const earlierRuns: Signal<readonly EarlierRun[]> = signal([]);

/** Keeps the curve of a run that is left. */
export function keepRun(run: Omit<EarlierRun, 'shown'>): void {
  if (run.losses.length < LEAST_STEPS) return;
  earlierRuns.value = [...earlierRuns.value, { ...run, shown: true }].slice(-MOST);
}

/** Shows the curve of an earlier run, or hides it. */
export function showRun(id: number, shown: boolean): void {
  earlierRuns.value = earlierRuns.value.map((run) => (run.id === id ? { ...run, shown } : run));
}

/** Forgets an earlier run. */
export function removeRun(id: number): void {
  earlierRuns.value = earlierRuns.value.filter((run) => run.id !== id);
}
