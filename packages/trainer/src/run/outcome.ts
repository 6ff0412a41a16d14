import type { Measures } from './measures.ts';
import type { Best, EpochRecord } from './run-state.ts';

/**
 * How a run ended. `completed`: all epochs or steps were done. `stopped`: someone asked it to stop, for example early
 * stopping. `interrupted`: its signal was aborted, and it can be resumed. `failed`: something threw.
 */
export type RunStatus = 'completed' | 'stopped' | 'failed' | 'interrupted';

/** What came of a run. */
export interface Outcome {
  /** How it ended. */
  readonly status: RunStatus;
  /** One sentence on why it ended. */
  readonly reason: string;
  /** Epochs finished. */
  readonly epochs: number;
  /** Optimizer updates done. */
  readonly steps: number;
  /** One record an epoch. */
  readonly history: readonly EpochRecord[];
  /** By the metric that the run monitors; null when no epoch ended. */
  readonly best: Best | null;
  /** Loss and metrics on the test data; null when there is none or the run did not get there. */
  readonly test: Measures | null;
  /** Results of metrics on the test data that are more than one number, for example a confusion matrix. */
  readonly testResults: Readonly<Record<string, unknown>> | null;
  /** What there was to say to the person who reads the log. */
  readonly notices: readonly string[];
  /** Spent in all, sessions before a resume included, pauses not. */
  readonly seconds: number;
  /** Samples trained on per second of training, evaluation not counted. */
  readonly imagesPerSecond: number;
  /** What made it fail, first to last: the failure itself, then those of end hooks. Empty unless something threw. */
  readonly errors: readonly Error[];
}
