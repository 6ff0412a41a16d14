import type { ConformanceComparison } from './conformance-case.ts';
import type { ReferenceArray } from './reference-array.ts';

/** A value passes when `|received - expected| <= absolute + relative * magnitude`. */
export interface ConformanceTolerance {
  /** Share of the magnitude that a value may be off. */
  readonly relative: number;
  /** What a value may be off whatever its magnitude. */
  readonly absolute: number;
}

/** The worst element of a comparison. */
export interface ArrayDifference {
  /** Flat row-major index of the worst element; -1 when the shapes differ or the arrays are empty. */
  readonly index: number;
  readonly expected: number;
  readonly received: number;
  /** `|received - expected| / (magnitude + absolute / relative)`: within tolerance up to `relative`. */
  readonly error: number;
  readonly withinTolerance: boolean;
}

const SAME: ArrayDifference = { index: -1, expected: 0, received: 0, error: 0, withinTolerance: true };

/** Finds the element of `received` that is farthest from `expected`. NaN equals NaN, an infinity only itself. */
export function compareArrays(
  expected: ReferenceArray,
  received: ArrayLike<number>,
  { tolerance, comparison }: { tolerance: ConformanceTolerance; comparison: ConformanceComparison },
): ArrayDifference {
  const largest = expected.data.reduce(
    (max, value) => (Number.isFinite(value) ? Math.max(max, Math.abs(value)) : max),
    0,
  );
  let worst = SAME;
  expected.data.forEach((value, index) => {
    const got = received[index]!;
    const magnitude = comparison === 'largest' || !Number.isFinite(value) ? largest : Math.abs(value);
    const error = distance(value, got) / (magnitude + tolerance.absolute / tolerance.relative);
    if (error <= worst.error && worst.index >= 0) return;
    worst = { index, expected: value, received: got, error, withinTolerance: error <= tolerance.relative };
  });
  return worst;
}

function distance(expected: number, received: number): number {
  if (Number.isNaN(expected)) return Number.isNaN(received) ? 0 : Number.POSITIVE_INFINITY;
  if (expected === received) return 0;
  if (Number.isFinite(expected) && Number.isFinite(received)) return Math.abs(expected - received);
  return Number.POSITIVE_INFINITY;
}
