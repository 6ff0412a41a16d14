import { registerSimdBackend } from '@cnn/backend-simd';
import { Flatten, Generator, Linear, Sequential } from '@cnn/core';
import { memory, setBackend, type Tensor, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../zoo/create-model.ts';
import { saliency } from './saliency.ts';

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

async function values(make: () => Tensor): Promise<Float32Array> {
  const tensor = tidy(make);
  const data = Float32Array.from(await tensor.data());
  tensor.dispose();
  return data;
}

describe('saliency', () => {
  it('is the magnitude of the weights where the model is one linear layer', async () => {
    const linear = new Linear(4, 2, { bias: false, generator: new Generator(0) });
    linear.weight.write({ dtype: 'float32', shape: [2, 4], data: Float32Array.of(1, -2, 0, 3, -5, 0.5, 6, 0) });
    const model = new Sequential(new Flatten(), linear);
    const images = Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0);
    const decided = await values(() => saliency(model, tensor4d(images, [2, 2, 2, 1])));
    expect([...decided]).toEqual([1, 2, 0, 3, 5, 0.5, 6, 0]);
    const ofFirst = await values(() => saliency(model, tensor4d(images, [2, 2, 2, 1]), { classes: [0, 0] }));
    expect([...ofFirst]).toEqual([1, 2, 0, 3, 1, 2, 0, 3]);
    // Of several channels the greatest counts: [H, W, C] = [1, 2, 2] is flattened in PyTorch's order, C first.
    const coloured = await values(() =>
      saliency(model, tensor4d(images.subarray(0, 4), [1, 1, 2, 2]), { classes: [0] }),
    );
    expect([...coloured]).toEqual([1, 3]);
  });

  it('is the slope that finite differences find, in a convolutional network', async () => {
    const model = createModel('lenet5', { generator: new Generator(3) });
    const image = Float32Array.from({ length: 784 }, (_, i) => 0.5 + 0.5 * Math.sin(i / 7));
    const logit = async (pixels: Float32Array): Promise<number> =>
      (await values(() => model.forward(tensor4d(pixels, [1, 28, 28, 1]))))[4]!;
    const map = await values(() => saliency(model, tensor4d(image, [1, 28, 28, 1]), { classes: [4] }));
    expect(map).toHaveLength(784);
    for (const pixel of [100, 300, 406, 555]) {
      const [more, less] = [image.slice(), image.slice()];
      more[pixel] = image[pixel]! + 1e-2;
      less[pixel] = image[pixel]! - 1e-2;
      const slope = ((await logit(more)) - (await logit(less))) / 2e-2;
      expect(Math.abs(Math.abs(slope) - map[pixel]!)).toBeLessThan(2e-4);
    }
    model.dispose();
  });

  it('leaves nothing behind, and changes nothing', async () => {
    const model = createModel('tiny-cnn', { generator: new Generator(0) });
    const before = { tensors: memory().numTensors, state: await model.stateDict() };
    await values(() => saliency(model, tensor4d(new Float32Array(1568), [2, 28, 28, 1])));
    expect(memory().numTensors).toBe(before.tensors);
    expect(await model.stateDict()).toEqual(before.state);
  });

  it('says what is wrong', () => {
    const model = createModel('tiny-cnn', { generator: new Generator(0) });
    tidy(() => {
      const images = tensor4d(new Float32Array(784), [1, 28, 28, 1]);
      expect(() => saliency(model, tensor2d([[0]]))).toThrow(/a batch of images \[N, H, W, C\], received \[1, 1\]/);
      expect(() => saliency(model, images, { classes: [10] })).toThrow(/1 classes, each 0\.\.9, received \[10\]/);
      expect(() => saliency(model, images, { classes: [1, 2] })).toThrow(/received \[1, 2\]/);
    });
  });
});
