import { Generator, type Module } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, setBackend, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../zoo/create-model.ts';
import { readPreprocessing } from '../preprocessing.ts';
import { KERNEL_RULES } from '../trace/trace-recorder.ts';
import { exportTfjs, type TfjsGraphModel } from './export-tfjs.ts';
import { TFJS_TRANSLATORS } from './tfjs-translators.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

/** As stock TensorFlow.js loads it from two files. */
async function load(files: TfjsGraphModel) {
  const { modelTopology, weightsManifest, ...rest } = JSON.parse(new TextDecoder().decode(files['model.json']));
  const handler = io.fromMemory({
    modelTopology,
    weightSpecs: weightsManifest[0].weights,
    weightData: files['weights.bin'].buffer,
    ...rest,
  });
  return { model: await loadGraphModel(handler), json: rest };
}

async function bothOutputs(module: Module, [c, h, w]: readonly [number, number, number], batch: number) {
  const { model } = await load(await exportTfjs(module, { inputShape: [c, h, w] }));
  const images = tensor4d(new Generator(5).uniform(batch * c * h * w, -1, 1), [batch, h, w, c]);
  const [exported, own] = tidy(() => [model.predict(images) as Tensor, module.forward(images)]);
  return { exported: await exported?.data(), own: await own?.data() };
}

describe('exportTfjs', () => {
  it('has a translation for every kernel that can be traced', () => {
    expect(Object.keys(TFJS_TRANSLATORS).sort()).toEqual(Object.keys(KERNEL_RULES).sort());
  });

  it.each(['simple-cnn-64', 'two-block-cnn', 'tiny-cnn', 'lenet5'])(
    'gives the logits of %s in stock TensorFlow.js, for batches of any size',
    async (name) => {
      const model = createModel(name, { generator: new Generator(0) });
      for (const batch of [1, 2]) {
        const { exported, own } = await bothOutputs(model, [1, 28, 28], batch);
        expect(exported?.length).toBe(10 * batch);
        for (const [i, value] of (own ?? []).entries()) expect(exported?.[i]).toBeCloseTo(value, 5);
      }
      model.dispose();
    },
  );

  it('carries the preprocessing', async () => {
    const preprocessing = { inputShape: [1, 28, 28], mean: [0.1307], std: [0.3081], classNames: ['zero', 'one'] };
    const model = createModel('tiny-cnn');
    const { json } = await load(await exportTfjs(model, { inputShape: [1, 28, 28], preprocessing }));
    expect(readPreprocessing(json.userDefinedMetadata)).toEqual(preprocessing);
  });
});
