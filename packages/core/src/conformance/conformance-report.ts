import type { ConformanceFamily } from './conformance-case.ts';

/** One wrong result. */
export interface ConformanceFailure {
  readonly family: ConformanceFamily;
  readonly caseName: string;
  /** `value`, `value of output 1`, `gradient of input 0`, `memory`. */
  readonly quantity: string;
  /** A sentence for people: the worst element, or what was thrown. */
  readonly message: string;
  /** What is behind it, where it is a fault of tfjs that is known, and what it means for training. */
  readonly knownFault?: string;
}

/** What {@link checkConformance} found, as plain JSON. */
export interface ConformanceReport {
  /** Name of the backend in tfjs-core. */
  readonly backend: string;
  readonly passed: number;
  /** Cases with at least one failure. */
  readonly failed: number;
  /** Those of them of which a failure is not a known fault of tfjs: a reason not to trust the backend. */
  readonly unexplained: number;
  /** Names of cases that the backend does not offer: kernels beyond tfjs-core's own that it does not have. */
  readonly skipped: readonly string[];
  readonly failures: readonly ConformanceFailure[];
  /** Worst error among the results that passed, relative to its magnitude, by family. */
  readonly worstErrors: Partial<Record<ConformanceFamily, number>>;
  readonly elapsedMs: number;
}
