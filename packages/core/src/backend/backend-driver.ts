/** Names by which users ask for a backend. */
export type BackendName = 'simd' | 'wasm' | 'cpu' | 'webgl' | 'webgpu' | 'node' | 'node-gpu';

/** What a run records of the backend it used. */
export interface BackendDetails {
  /** Name by which users ask for it. */
  readonly name: BackendName;
  /** Name under which tfjs-core knows it: `tf.setBackend(tfjsName)`. */
  readonly tfjsName: string;
  /** Threads that compute, the calling one included; 0 where the backend does not say. */
  readonly threads: number;
  /** For `simd`: `simd` or `relaxed`. Results are bit-identical within a level and not across. */
  readonly featureLevel?: string;
  /** Version of the package that provides it. */
  readonly version: string;
  /** With `auto`: what was tried before it, and why it was not used. Absent when the first choice worked. */
  readonly passedOver?: readonly PassedOverBackend[];
}

/** A backend that was tried and not used. */
export interface PassedOverBackend {
  /** Name by which users ask for it. */
  readonly name: BackendName;
  /** Why it cannot be used here, a sentence for people. */
  readonly reason: string;
}

/** One way to compute. `selectBackend` takes a list of them; `@cnn/backend-simd` provides one. */
export interface BackendDriver {
  /** Name by which users ask for it. */
  readonly name: BackendName;
  /**
   * Registers the backend with tfjs-core and makes it current.
   *
   * @throws CnnError `unsupported` with the reason and the remedy, when it cannot be used here.
   */
  load(options: { threads: number | 'auto' }): Promise<BackendDetails>;
}
