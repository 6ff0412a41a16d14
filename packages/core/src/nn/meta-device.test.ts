import { describe, expect, test } from 'vitest';
import {
  BatchNorm2d,
  CnnError,
  Conv2d,
  Generator,
  Linear,
  Sequential,
  withGenerator,
  withMetaDevice,
} from '../index.ts';

// No backend is registered in this file.
describe('on the meta device', () => {
  test('a module of any size takes no tensor, no draw and no backend', () => {
    const generator = new Generator(0);
    const model = withGenerator(generator, () =>
      withMetaDevice(
        () => new Sequential(new Conv2d(3, 512, 3), new BatchNorm2d(512), new Linear(1_000_000, 1_000_000)),
      ),
    );
    expect(model.parameters().map(({ size }) => size)).toEqual([13_824, 512, 512, 512, 1e12, 1e6]);
    expect(generator.u32()).toBe(new Generator(0).u32());
    model.freeze();
    expect(model.parameters().every(({ trainable }) => !trainable)).toBe(true);
    model.dispose();
  });

  test('a layer describes itself', () => {
    const layer = withMetaDevice(() => new Conv2d(1, 32, 3, { padding: 1 }));
    expect(layer.describe([1, 1, 28, 28])).toMatchObject({
      outputShape: [1, 32, 28, 28],
      parameterCount: 320,
      multiplyAdds: 225_792,
    });
  });

  test('values are refused with the way out', async () => {
    const { weight } = withMetaDevice(() => new Linear(2, 2));
    expect(() => weight.variable).toThrow(CnnError);
    await expect(weight.read()).rejects.toThrow(/a shape alone.*Build the module again outside of withMetaDevice/);
  });

  test('what is built afterwards has values again, also when building threw', () => {
    expect(() => withMetaDevice(() => new Conv2d(0, 1, 1))).toThrow(/inChannels/);
    expect(() => new Conv2d(1, 1, 1)).toThrow(/a backend to hold it/);
  });
});
