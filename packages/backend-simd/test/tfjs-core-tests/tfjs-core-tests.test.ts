import { describe, expect, it } from 'vitest';
import { runTfjsCoreTests } from './run-tfjs-core-tests.mjs';

// 2,901 in tfjs-core's folder of operations itself, and those of the fused, ragged, string and other folders below it.
const TESTS = 3473;

describe("tfjs-core's own tests of operations", () => {
  it.each([1, 2])('pass on simd with %i threads', { timeout: 240_000 }, async (threads) => {
    const { failures, passed } = await runTfjsCoreTests('simd', { threads });
    expect(failures).toEqual([]);
    expect(passed).toBe(TESTS);
  });
});
