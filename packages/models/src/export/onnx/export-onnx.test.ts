import { Generator, type Module } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../zoo/create-model.ts';
import { KERNEL_RULES } from '../trace/trace-recorder.ts';
import { exportOnnx, ONNX_TRANSLATORS } from './export-onnx.ts';

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  await setBackend('cpu');
});

/** Runs the exported file in onnxruntime and the module here on the same images, NCHW. */
async function bothLogits(module: Module, [c, h, w]: readonly [number, number, number], batch: number) {
  const file = await exportOnnx(module, { inputShape: [c, h, w] });
  const session = await ort.InferenceSession.create(file);
  const pixels = new Generator(5).uniform(batch * c * h * w, -1, 1);
  const { output } = await session.run({ input: new ort.Tensor('float32', pixels, [batch, c, h, w]) });
  const logits = tidy(() => {
    const images: Tensor = transpose(tensor4d(pixels, [batch, c, h, w]), [0, 2, 3, 1]);
    const result = module.forward(images);
    return (result.rank === 4 ? transpose(result, [0, 3, 1, 2]) : result).dataSync();
  });
  return { exported: output?.data as Float32Array, dims: output?.dims, logits, session };
}

describe('exportOnnx', () => {
  it('has a translation for every kernel that can be traced', () => {
    expect(Object.keys(ONNX_TRANSLATORS).sort()).toEqual(Object.keys(KERNEL_RULES).sort());
  });

  it.each(['simple-cnn-64', 'simple-cnn-128', 'two-block-cnn', 'tiny-cnn', 'basic-cnn', 'mlp', 'lenet5'])(
    'gives the logits of %s in onnxruntime, for batches of any size',
    async (name) => {
      const model = createModel(name, { generator: new Generator(0) });
      for (const batch of [1, 3]) {
        const { exported, logits, dims } = await bothLogits(model, [1, 28, 28], batch);
        expect(dims).toEqual([batch, 10]);
        for (const [i, value] of logits.entries())
          expect(Math.abs(value - (exported[i] ?? Number.NaN))).toBeLessThan(1e-5);
      }
      model.dispose();
    },
  );
});
