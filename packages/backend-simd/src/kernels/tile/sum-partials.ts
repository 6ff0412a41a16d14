import type { SimdBackend } from '../../simd-backend.ts';

/** Adds `parts` partial sums of `size` floats, in order. */
export function sumPartials(
  backend: SimdBackend,
  sum: { readonly partials: number; readonly parts: number; readonly sums: number; readonly size: number },
): void {
  const { partials, parts, sums, size } = sum;
  const args = [partials, sums, parts, size];
  backend.run({ kernel: 'sumPartials', args, tasks: Math.ceil(size / 1024), work: parts * size });
}
