import type { MonitorOptions } from './monitor.ts';

/** What a run has been asked to do. Constant while it runs. */
export interface RunPlan {
  readonly epochs: number;
  readonly maxSteps: number | null;
  /** Batches an epoch, where the data says so. */
  readonly batchesPerEpoch: number | null;
  /** Optimizer updates an epoch, where the data says so. */
  readonly stepsPerEpoch: number | null;
  /** Optimizer updates in all, where the data says so. */
  readonly totalSteps: number | null;
  readonly logEverySteps: number;
  /** Batches of one optimizer update. */
  readonly accumulate: number;
  readonly seed: number;
  readonly monitor: Required<MonitorOptions>;
  readonly hasValidation: boolean;
}
