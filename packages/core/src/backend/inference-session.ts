import { backend, dispose, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { CapturedForward, CapturedOutput, CapturingBackend } from './capturing-backend.ts';

/** Repeated inference; see `inferenceSession`. */
export interface InferenceSession {
  /**
   * The outputs for one batch, read back from the device.
   *
   * @param values Row-major float32 of `shape`; images are NHWC. Not kept.
   */
  run(values: Float32Array, shape: readonly number[]): Promise<readonly CapturedOutput[]>;
  /** Gives back the memory that captured passes hold. The session may be used again. */
  dispose(): void;
}

/** Passes kept at once: a loader has whole batches and a last one. */
const MOST_SHAPES = 4;

/**
 * Runs the same forward pass again and again. A backend that can (`simd`) notes what the pass does the first time it
 * sees a shape, and from then on does it without being asked for each operation: for a single image that is most of
 * the time. Results are the same to the bit, changed weights are seen. Other backends compute as always.
 *
 * @param forward Tensors from a tensor: `(images) => model.forward(images)`. It must depend on its input and on
 *   variables (parameters, running statistics) only, because it is not always called. It runs in a `tf.tidy`.
 * @example
 * const session = inferenceSession((images) => model.forward(images));
 * const [logits] = await session.run(pixels, [1, 28, 28, 1]);
 * session.dispose();
 */
export function inferenceSession(forward: (input: Tensor) => Tensor | readonly Tensor[]): InferenceSession {
  const passes = new Map<string, { readonly owner: object; readonly captured: CapturedForward }>();
  const compute = (input: Tensor): readonly Tensor[] => [forward(input)].flat();

  const forget = (key: string): void => {
    passes.get(key)?.captured.dispose();
    passes.delete(key);
  };
  const capture = (
    owner: CapturingBackend,
    values: Float32Array,
    shape: readonly number[],
  ): readonly CapturedOutput[] => {
    const key = String(shape);
    forget(key);
    const { outputs, captured } = owner.captureForward({ values, shape }, compute);
    if (captured) {
      const oldest = passes.size >= MOST_SHAPES ? passes.keys().next().value : undefined;
      if (oldest !== undefined) forget(oldest);
      passes.set(key, { owner, captured });
    }
    return outputs;
  };

  return {
    async run(values, shape) {
      const current = backend();
      if (!isCapturing(current)) return computeAsAlways(compute, values, shape);
      const pass = passes.get(String(shape));
      const outputs = pass?.owner === current ? pass.captured.run(values) : undefined;
      return outputs ?? capture(current, values, shape);
    },
    dispose: () => [...passes.keys()].forEach(forget),
  };
}

async function computeAsAlways(
  compute: (input: Tensor) => readonly Tensor[],
  values: Float32Array,
  shape: readonly number[],
): Promise<readonly CapturedOutput[]> {
  const results = tidy(() => [...compute(tensor(values, [...shape], 'float32'))]);
  try {
    return await Promise.all(
      // read-back
      results.map(async (result) => ({ data: await result.data<'float32'>(), shape: result.shape })),
    );
  } finally {
    dispose(results);
  }
}

function isCapturing(candidate: object): candidate is CapturingBackend {
  return 'captureForward' in candidate;
}
