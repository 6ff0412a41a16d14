import { matMulCases } from './cases/mat-mul-cases.ts';
import { maxPoolCases } from './cases/max-pool-cases.ts';
import type { ConformanceCase, ConformanceFamily, ConformanceTag } from './conformance-case.ts';

/** Which cases to make. */
export interface ConformanceCaseOptions {
  /** Defaults to all. */
  readonly families?: readonly ConformanceFamily[];
  /** Cases with one of these tags are left out. */
  readonly without?: readonly ConformanceTag[];
  /** Of the random shapes, strides, paddings, dilations and values: the same seed makes the same cases. */
  readonly seed?: number;
}

const FAMILY_CASES: readonly ((seed: number) => readonly ConformanceCase[])[] = [matMulCases, maxPoolCases];

/** Makes the cases. Names are unique. */
export function conformanceCases({ families, without = [], seed = 0 }: ConformanceCaseOptions = {}): ConformanceCase[] {
  return FAMILY_CASES.flatMap((casesOf) => casesOf(seed)).filter(
    ({ family, tags }) => (!families || families.includes(family)) && !tags.some((tag) => without.includes(tag)),
  );
}
