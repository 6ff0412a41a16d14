import type { ModelSummary } from '@cnn/models';
import type { Environment } from '../run-folder/environment.ts';
import type { RunSummary } from '../run-folder/run-summary.ts';
import type { EvaluationFindings } from './evaluation-findings.ts';
import type { LoggedEvents } from './run-events.ts';
import type { SamplePicture } from './sample-picture.ts';

/** A mistake with what is needed to show it. */
export interface ShownMistake {
  readonly index: number;
  readonly truth: string;
  readonly predicted: string;
  /** Of the class that was predicted, 0..1. */
  readonly probability: number;
  readonly picture: SamplePicture | null;
}

/** An evaluation with its pictures. */
export interface ReportedEvaluation extends EvaluationFindings {
  /** What was evaluated on: `Test set`. */
  readonly title: string;
  readonly pictures: readonly ShownMistake[];
}

/** All that a report shows. */
export interface RunReport {
  readonly name: string;
  readonly summary: RunSummary;
  readonly notices: readonly string[];
  readonly errors: readonly string[];
  readonly events: LoggedEvents;
  /** The test first, then the validation, where there were such. */
  readonly evaluations: readonly ReportedEvaluation[];
  readonly layers: ModelSummary;
  /** Data set and its counts, as words. */
  readonly data: string;
  /** The resolved config as YAML. */
  readonly config: string;
  readonly environment: Environment | null;
}
