/** Outputs of a model for one batch, read back to the host. */
export interface MetricBatch {
  /** Logits or scores `[N, classes]` in row-major order. */
  readonly logits: Float32Array;
  /** Class indices `[N]`. */
  readonly labels: Int32Array;
  /** Length of each row of `logits`. */
  readonly classCount: number;
  /** Mean loss of the batch. */
  readonly loss: number;
  /** Samples: rows of `logits`, entries of `labels`. */
  readonly size: number;
}

/**
 * A streaming metric: `update` per batch, `compute` when the epoch is over, `reset` before the next.
 * It keeps counts, never batches, so that its memory does not grow with the data.
 */
export interface Metric<Result = number> {
  /** The key under which it is reported, for example `accuracy`. */
  readonly name: string;
  /** Forgets all batches. */
  reset(): void;
  /** Counts one more batch. */
  update(batch: MetricBatch): void;
  /** Result over all batches since `reset`. NaN where it is undefined (no sample seen). */
  compute(): Result;
}
