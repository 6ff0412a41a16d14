import type { ConfusionMatrix, Mistake } from '@cnn/metrics';

/** What the report shows of an evaluation beside its numbers. */
export interface EvaluationFindings {
  /** Epoch after which it was made; null for the test at the end. */
  readonly epoch: number | null;
  readonly confusion: ConfusionMatrix;
  /** Surest first; their indices are those of the data set. */
  readonly mistakes: readonly Mistake[];
}
