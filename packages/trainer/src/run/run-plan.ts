import type { MonitorOptions } from './monitor.ts';

/** What a run has been asked to do. Constant while it runs. */
export interface RunPlan {
  /** Passes over the training data. */
  readonly epochs: number;
  /** Optimizer updates after which the run completes. */
  readonly maxSteps: number | null;
  /** Batches an epoch, where the data says so. */
  readonly batchesPerEpoch: number | null;
  /** Optimizer updates an epoch, where the data says so. */
  readonly stepsPerEpoch: number | null;
  /** Optimizer updates in all, where the data says so. */
  readonly totalSteps: number | null;
  /** How often losses are read back. */
  readonly logEverySteps: number;
  /** Batches of one optimizer update. */
  readonly accumulate: number;
  /** Of the run's own random streams. */
  readonly seed: number;
  /** The metric that decides what is best. */
  readonly monitor: Required<MonitorOptions>;
  /** Whether epochs end with a validation. */
  readonly hasValidation: boolean;
}
