/** What jasmine counted. */
export interface TfjsCoreTestOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

/** Bundles and runs tfjs-core's own tests of operations. */
export function runTfjsCoreTests(
  backend: 'cpu' | 'simd',
  options?: { readonly threads?: number; readonly featureLevel?: string },
): Promise<TfjsCoreTestOutcome>;
