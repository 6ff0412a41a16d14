import { memory, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { relu } from '../nn/functional/relu.ts';
import { Conv2d } from '../nn/layers/conv2d.ts';
import { Generator } from '../random/generator.ts';
import { cpuBackend } from './cpu-backend.ts';
import { inferenceSession } from './inference-session.ts';
import { selectBackend } from './select-backend.ts';

describe('an inference session on a backend that cannot capture', () => {
  beforeAll(async () => {
    await selectBackend('cpu', [cpuBackend()]);
  });

  it('computes as always, every output, and leaks nothing', async () => {
    const convolution = new Conv2d(1, 4, 3, { generator: new Generator(1) });
    const session = inferenceSession((x) => {
      const maps = convolution.forward(x);
      return [maps, relu(maps)];
    });
    const values = new Generator(2).uniform(50);
    const { numTensors } = memory();
    for (let i = 0; i < 3; i++) {
      const [maps, rectified] = await session.run(values, [2, 5, 5, 1]);
      const expected = tidy(() => convolution.forward(tensor4d(values, [2, 5, 5, 1])).dataSync());
      expect(maps!.shape).toEqual([2, 3, 3, 4]);
      expect([...maps!.data]).toEqual([...expected]);
      expect([...rectified!.data]).toEqual([...expected].map((value) => Math.max(value, 0)));
      expect(memory().numTensors).toBe(numTensors);
    }
    session.dispose();
    convolution.dispose();
  });

  it('passes on what the forward pass throws', async () => {
    const session = inferenceSession(() => {
      throw new Error('not today');
    });
    await expect(session.run(new Float32Array(1), [1, 1])).rejects.toThrow('not today');
  });
});
