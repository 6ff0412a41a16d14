import { type ConformanceOptions, checkConformance, KNOWN_FAULTS } from '@cnn/core/conformance';
import { expect } from 'vitest';

interface Expectations extends ConformanceOptions {
  /** Words of the explanations of known faults that must not show here. */
  readonly repaired?: readonly string[];
  /** Words of those that may show or not: what was left in memory decides. */
  readonly fickle?: readonly string[];
}

/** Runs the suite on a registered backend: nothing may fail but the known faults of tfjs, and those must still be there. */
export async function expectConformance(
  backendName: string,
  { repaired = [], fickle = [], ...options }: Expectations = {},
): Promise<void> {
  const report = await checkConformance(backendName, options);
  expect(report.failures.filter(({ knownFault }) => knownFault === undefined)).toEqual([]);
  expect(report.unexplained).toBe(0);
  const faults = KNOWN_FAULTS.filter(({ backends }) => backends.includes(backendName));
  const shown = new Set(report.failures.map(({ knownFault }) => knownFault));
  const mentions = (words: readonly string[], text: string): boolean => words.some((word) => text.includes(word));
  for (const { explanation } of faults) {
    if (mentions(fickle, explanation)) continue;
    expect(shown.has(explanation), explanation).toBe(!mentions(repaired, explanation));
  }
  expect(report.passed).toBeGreaterThan(350);
}
