import { createHash } from 'node:crypto';
import { registerGradients } from '@cnn/core';
import { type ConformanceCase, conformanceCases } from '@cnn/core/conformance';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../src/index.ts';
import type { SimdBackend } from '../src/simd-backend.ts';

const LARGE_CASES = conformanceCases().filter(({ tags }) => tags.includes('large'));

/** Hashes of a case's results and, where it has one output, of their gradients. */
async function hashes({ inputs, run, gradient }: ConformanceCase): Promise<string[]> {
  const outputs = tf.tidy(() => {
    const tensors = inputs.map(({ data, shape, dtype }) =>
      tf.tensor(dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data), [...shape], dtype),
    );
    const result = run(...tensors);
    if (result instanceof tf.Tensor) {
      // Integer inputs are indices and have no gradient; the cases that have one list it last.
      if (!gradient || inputs.some(({ dtype }) => dtype !== 'float32')) return [result];
      return [result, ...tf.grads((...varied) => run(...varied) as tf.Tensor)(tensors)];
    }
    return (result ?? []).map((output) => tf.engine().makeTensorFromDataId(output.dataId, output.shape, output.dtype));
  });
  const values = await Promise.all(outputs.map((output) => output.data()));
  tf.dispose(outputs);
  return values.map((value) =>
    createHash('sha256')
      .update(value as Float32Array)
      .digest('hex'),
  );
}

describe('the number of threads', () => {
  beforeAll(async () => {
    registerGradients();
    registerSimdBackend({ threads: 1 });
    await tf.setBackend('simd');
  });

  it('changes no bit of any result', async () => {
    const backend = tf.backend() as SimdBackend;
    const alone = new Map<string, string[]>();
    for (const tested of LARGE_CASES) alone.set(tested.name, await hashes(tested));
    for (const threads of [2, 3]) {
      backend.setThreads(threads);
      await expect.poll(() => backend.workersUp, { timeout: 20_000 }).toBe(true);
      for (const tested of LARGE_CASES) expect(await hashes(tested), tested.name).toEqual(alone.get(tested.name));
    }
    expect(alone.size).toBeGreaterThan(20);
  });
});
