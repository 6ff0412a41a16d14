import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { registerGradients } from '../gradients/register-gradients.ts';
import type { ConformanceTolerance } from './compare-arrays.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { conformanceCases } from './conformance-cases.ts';
import { ConformanceCheck } from './conformance-check.ts';
import type { ConformanceFailure, ConformanceReport } from './conformance-report.ts';

/** Single precision on the CPU: a few units in the last place for each value, sums normed by the largest value. */
export const CPU_TOLERANCE: ConformanceTolerance = { relative: 1e-5, absolute: 1e-6 };

/** Options of {@link checkConformance}. */
export interface ConformanceOptions {
  /** Defaults to all of {@link conformanceCases}. */
  readonly cases?: readonly ConformanceCase[];
  /** Defaults to {@link CPU_TOLERANCE}. */
  readonly tolerance?: ConformanceTolerance;
  /** Called after each case; `failures` is empty where it passed. */
  readonly onCase?: (tested: ConformanceCase, failures: readonly ConformanceFailure[]) => void;
}

/**
 * Computes every case on a backend and compares value and gradient with a plain double precision reference. The
 * backend must be registered; it is current while this runs, and the previous one again afterwards. Reads back from the device after each case. Nothing is thrown for a wrong
 * backend: read `failures`.
 *
 * @param backendName The name by which tfjs-core knows it.
 */
export async function checkConformance(
  backendName: string,
  { cases = conformanceCases(), tolerance = CPU_TOLERANCE, onCase }: ConformanceOptions = {},
): Promise<ConformanceReport> {
  const start = performance.now();
  const previous = getBackend();
  const check = new ConformanceCheck(backendName, tolerance);
  registerGradients();
  await setBackend(backendName);
  try {
    for (const tested of cases) {
      const failures = await check.run(tested);
      onCase?.(tested, failures);
    }
  } finally {
    if (previous) await setBackend(previous);
  }
  return { backend: backendName, ...check.totals(), elapsedMs: performance.now() - start };
}
