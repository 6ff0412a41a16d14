import type { Tensor } from '@tensorflow/tfjs-core';

/** One output of a forward pass, on the host. */
export interface CapturedOutput {
  /** Row-major. */
  readonly data: Float32Array;
  /** Length of each axis, in the order of memory. */
  readonly shape: readonly number[];
}

/** A forward pass for inputs of one shape that can be run again without the operations being asked for one by one. */
export interface CapturedForward {
  /**
   * The outputs for `values`, bit for bit those that the operations would give. `undefined` once what it was captured
   * with is no longer there: weights that were updated, assigned or disposed, another size of input.
   */
  run(values: Float32Array): readonly CapturedOutput[] | undefined;
  /** Gives back the memory it works in. */
  dispose(): void;
}

/** What came of capturing a forward pass. */
export interface CaptureResult {
  /** What the pass gave. */
  readonly outputs: readonly CapturedOutput[];
  /** For running it again; `undefined` where it cannot be repeated blindly. */
  readonly captured: CapturedForward | undefined;
}

/** What a tfjs backend may offer besides kernels: to note what a forward pass does, and to do it again. */
export interface CapturingBackend {
  /**
   * Runs `forward` on float32 `values` and returns its outputs, which must be float32, with the pass for running again, or without where it cannot be
   * repeated blindly (because it looked at values on the host, say, or holds too much memory). Must be called when
   * the backend is current.
   */
  captureForward(
    input: { readonly values: Float32Array; readonly shape: readonly number[] },
    forward: (input: Tensor) => readonly Tensor[],
  ): CaptureResult;
}
