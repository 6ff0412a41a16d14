import { CnnError } from '@cnn/core';

/** `simd`: 128-bit vectors; `relaxed`: also fused multiply-add. Results are bit-identical within a level, not across. */
export type FeatureLevel = 'simd' | 'relaxed';

// (func (result v128) i32.const 0 i8x16.splat) and (func (param v128 v128 v128) (result v128) f32x4.relaxed_madd)
const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];
const PROBES: Readonly<Record<FeatureLevel, readonly number[]>> = {
  simd: [...HEADER, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
  relaxed: [
    ...[...HEADER, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0],
    ...[10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
  ],
};

/** Whether this JavaScript engine runs WebAssembly of `level`. */
export function supportsFeatureLevel(level: FeatureLevel): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(PROBES[level]));
}

/**
 * The level to use: the best one that runs here for `auto`, else the one asked for.
 *
 * @throws CnnError `unsupported` when it does not run here.
 */
export function chooseFeatureLevel(wanted: FeatureLevel | 'auto'): FeatureLevel {
  if (wanted === 'auto' && supportsFeatureLevel('relaxed')) return 'relaxed';
  const level = wanted === 'auto' ? 'simd' : wanted;
  if (supportsFeatureLevel(level)) return level;
  throw new CnnError('unsupported', {
    where: 'registerSimdBackend.featureLevel',
    expected: `a JavaScript engine with WebAssembly ${level === 'simd' ? 'SIMD' : 'relaxed SIMD'}`,
    received: 'one without it',
    remedy:
      level === 'simd'
        ? 'Update the browser or Node, or use the cpu backend'
        : "Use featureLevel 'auto', or Node 22 and later or a current Chromium or Firefox",
  });
}
