export type { SimdMemoryInfo } from './memory/linear-memory.ts';
export { registerSimdBackend } from './register-simd-backend.ts';
export type { SimdBackend } from './simd-backend.ts';
export type { SimdBackendOptions } from './simd-backend-options.ts';
export { simdBackend } from './simd-driver.ts';
export { type FeatureLevel, supportsFeatureLevel } from './wasm/feature-level.ts';
