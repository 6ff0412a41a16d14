import { registerBackend } from '@tensorflow/tfjs-core';
import type { SimdBackendOptions } from './simd-backend-options.ts';

/** Above the cpu backend, as the wasm backend is. */
export const SIMD_PRIORITY: number = 2;

/**
 * Registers the backend `simd` with tfjs-core; `await tf.setBackend('simd')` then starts it. The cpu backend's kernels
 * are loaded with it, for operations that have no kernel of ours. Returns false where `simd` is registered already
 * (`tf.removeBackend('simd')` first, to change options).
 *
 * @example
 * registerSimdBackend({ threads: 'auto' });
 * await tf.setBackend('simd');
 */
export function registerSimdBackend(options: SimdBackendOptions = {}): boolean {
  // Imported on demand: the module registers the cpu backend as a side effect.
  const factory = () => import('./create-simd-backend.ts').then(({ createSimdBackend }) => createSimdBackend(options));
  return registerBackend('simd', factory, SIMD_PRIORITY);
}
