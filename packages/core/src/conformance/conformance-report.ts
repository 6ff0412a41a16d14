import type { ConformanceFamily } from './conformance-case.ts';

/** One wrong result. */
export interface ConformanceFailure {
  /** The group of operations of the case. */
  readonly family: ConformanceFamily;
  /** The case's name: the operation, shapes and attributes. */
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
  /** Cases of which every result was within tolerance. */
  readonly passed: number;
  /** Cases with at least one failure. */
  readonly failed: number;
  /** Those of them of which a failure is not a known fault of tfjs: a reason not to trust the backend. */
  readonly unexplained: number;
  /** Names of cases that the backend does not offer: kernels beyond tfjs-core's own that it does not have. */
  readonly skipped: readonly string[];
  /** Each wrong result; a case may have several. */
  readonly failures: readonly ConformanceFailure[];
  /** Worst error among the results that passed, relative to its magnitude, by family. */
  readonly worstErrors: Partial<Record<ConformanceFamily, number>>;
  /** Wall time of the whole check in milliseconds. */
  readonly elapsedMs: number;
}
