export { type ConformanceOptions, CPU_TOLERANCE, checkConformance } from './check-conformance.ts';
export type { ConformanceTolerance } from './compare-arrays.ts';
export {
  CONFORMANCE_FAMILIES,
  type ConformanceCase,
  type ConformanceComparison,
  type ConformanceFamily,
  type ConformanceTag,
} from './conformance-case.ts';
export { type ConformanceCaseOptions, conformanceCases } from './conformance-cases.ts';
export type { ConformanceFailure, ConformanceReport } from './conformance-report.ts';
export { KNOWN_FAULTS, type KnownFault } from './known-faults.ts';
export type { ReferenceArray, ReferenceDtype } from './reference-array.ts';
