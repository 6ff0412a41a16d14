import type { Config } from '@cnn/cli/config';
import { effect, type Signal, signal } from '@preact/signals';
import type { EpochPoint, StepPoint } from '../session/session-event.ts';
import { session } from './session-client.ts';

/** A run that was trained and then left for another: its curve stays to compare with. */
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
/** Points of a curve that are kept for the next visit: several for each that is drawn. */
const MOST_POINTS = 5000;
/** Digits of a loss that are kept: more than a curve shows. */
const DIGITS = 5;

/** Oldest first. */
export const earlierRuns: Signal<readonly EarlierRun[]> = signal([]);

/** Brings the runs of earlier visits back; from now on what is listed is there on the next visit. */
export async function followEarlierRuns(): Promise<void> {
  const kept = readRuns(await session().run.earlier());
  await session().run.countFrom(Math.max(0, ...kept.map(({ id }) => id)));
  earlierRuns.value = kept;
  let first = true;
  effect(() => {
    const text = JSON.stringify(earlierRuns.value.map(brief));
    if (!first) void session().run.keepEarlier(text);
    first = false;
  });
}

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

/** Forgets them all. */
export function removeRuns(): void {
  earlierRuns.value = [];
}

/** A run as it is kept: long curves with every so many points alone. */
export function brief({ losses, ...run }: EarlierRun): EarlierRun {
  const every = Math.ceil(losses.length / MOST_POINTS);
  const points = losses.filter((_, index) => index % every === 0 || index === losses.length - 1);
  return {
    ...run,
    losses: points.map(({ step, loss }) => ({ step, loss: Number(loss.toPrecision(DIGITS)) })),
  };
}

/** What was kept; nothing where another version of this page wrote it. */
export function readRuns(text: string | null): readonly EarlierRun[] {
  try {
    const runs: unknown = JSON.parse(text ?? '[]', (key, value) =>
      // JSON has no NaN: an epoch without a test has one.
      value === null && (key === 'loss' || key === 'accuracy') ? Number.NaN : value,
    );
    return Array.isArray(runs) ? runs.filter(isRun) : [];
  } catch {
    return [];
  }
}

function isRun(value: unknown): value is EarlierRun {
  if (typeof value !== 'object' || value === null) return false;
  const { id, config, losses, epochs, shown } = value as Partial<Record<keyof EarlierRun, unknown>>;
  const isMapping = typeof config === 'object' && config !== null;
  return typeof id === 'number' && isMapping && Array.isArray(losses) && Array.isArray(epochs) && shown !== undefined;
}
