import type { FeatureLevel } from './wasm/feature-level.ts';

/** How the engine is set up. */
export interface SimdBackendOptions {
  /** Threads that compute, the calling one included. `auto` (default): one per core, one without cross-origin isolation. */
  readonly threads?: number | 'auto';
  /** `auto` (default): the best that the JavaScript engine runs. */
  readonly featureLevel?: FeatureLevel | 'auto';
  /** Limit of the memory that tensors may take, in bytes. Default and most: 4 GiB. */
  readonly maximumMemoryBytes?: number;
  /**
   * Address of the folder with `cnn-kernels-<level>.wasm`; by default the binary is embedded in the package. Where that folder is
   * of the page's own origin, threads start from `cnn-kernels-worker.js` in it, so that no policy needs to allow `blob:`.
   */
  readonly wasmUrl?: string | URL;
}
