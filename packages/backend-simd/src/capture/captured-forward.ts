import type { CapturedOutput, CaptureResult } from '@cnn/core';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../simd-backend.ts';
import { Recording } from './recording.ts';

/** A pass that holds more than this takes so long that dispatching it does not show. */
const MOST_BYTES = 64 * 2 ** 20;

/** Runs `forward` once and notes what it does. See `CapturingBackend` of `@cnn/core`. */
export function captureForward(
  backend: SimdBackend,
  input: { readonly values: Float32Array; readonly shape: readonly number[] },
  forward: (input: Tensor) => readonly Tensor[],
): CaptureResult {
  const recording = new Recording({ mostBytes: MOST_BYTES });
  const { source, places } = backend.recorded(recording, () =>
    tidy(() => {
      const x = tensor(input.values, [...input.shape], 'float32');
      const sourceBuffer = backend.buffer(x);
      const results = forward(x);
      return {
        source: sourceBuffer.pointer,
        places: results.map((result) => ({ pointer: backend.pointer(result), size: result.size, shape: result.shape })),
      };
    }),
  );
  const memory = backend.memoryPool;
  const read = (): CapturedOutput[] =>
    places.map(({ pointer, size, shape }) => ({ data: memory.floats(pointer, size).slice(), shape }));
  const outputs = read();
  if (!recording.repeatable) {
    recording.release();
    return { outputs, captured: undefined };
  }
  const length = input.values.length;
  return {
    outputs,
    captured: {
      run(values) {
        if (!recording.repeatable || values.length !== length || !recording.current) return undefined;
        memory.floats(source, length).set(values);
        for (const job of recording.jobs) backend.run(job);
        return read();
      },
      dispose: () => recording.release(),
    },
  };
}
