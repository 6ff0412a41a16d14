import { registerSimdBackend } from '@cnn/backend-simd';
import {
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  Dropout,
  Dropout2d,
  ELU,
  Flatten,
  GELU,
  Generator,
  GroupNorm,
  Identity,
  LayerNorm,
  LeakyReLU,
  Linear,
  LogSoftmax,
  MaxPool2d,
  Module,
  manualSeed,
  ReLU,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
} from '@cnn/core';
import { setBackend, square, type Tensor, topk } from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { difference, exportedOutputs, loadExported } from '../../test/support/exported-outputs.ts';
import { createModel } from '../zoo/create-model.ts';
import { exportOnnx } from './onnx/export-onnx.ts';
import { type Preprocessing, readPreprocessing } from './preprocessing.ts';
import { exportTfjs } from './tfjs/export-tfjs.ts';

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

async function expectSame(module: Module, inputShape: readonly number[], tolerance: number): Promise<void> {
  for (const { own, onnx, ownInMemory, tfjs } of await exportedOutputs(module, inputShape, [1, 3])) {
    const scale = Math.max(1, ...own.values.map(Math.abs));
    expect(difference(own, onnx) / scale, `onnxruntime, batch ${own.shape[0]}`).toBeLessThan(tolerance);
    expect(difference(ownInMemory, tfjs) / scale, `tfjs, batch ${own.shape[0]}`).toBeLessThan(tolerance);
  }
  module.dispose();
}

describe('an exported model gives the same logits in onnxruntime and in stock tfjs', () => {
  it.each(['simple-cnn-64', 'simple-cnn-128', 'two-block-cnn', 'tiny-cnn', 'basic-cnn', 'mlp', 'lenet5'])(
    '%s',
    (name) => expectSame(createModel(name, { generator: new Generator(0) }), [1, 28, 28], 1e-5),
  );

  it('resnet18', () => expectSame(createModel('resnet18', { generator: new Generator(0) }), [3, 32, 32], 1e-5));
});

const LAYERS: Readonly<Record<string, () => Module>> = {
  'AvgPool2d with padding that counts': () => new AvgPool2d(3, { stride: 2, padding: 1 }),
  'AvgPool2d with padding that does not count': () =>
    new AvgPool2d(3, { stride: 2, padding: 1, countIncludePad: false }),
  'AvgPool2d rounding up': () => new AvgPool2d(2, { stride: 2, ceilMode: true }),
  'MaxPool2d with padding and dilation': () => new MaxPool2d(3, { stride: 2, padding: 1, dilation: 2 }),
  'MaxPool2d rounding up': () => new MaxPool2d(3, { stride: 2, ceilMode: true }),
  'AdaptiveAvgPool2d to 3': () => new AdaptiveAvgPool2d(3),
  'AdaptiveAvgPool2d to 1': () => new AdaptiveAvgPool2d(1),
  BatchNorm2d: () => new BatchNorm2d(4),
  'BatchNorm2d without affine': () => new BatchNorm2d(4, { affine: false }),
  'Conv2d, same padding': () => new Conv2d(4, 6, 4, { padding: 'same' }),
  'Conv2d, groups': () => new Conv2d(4, 6, 3, { groups: 2, padding: 1 }),
  'Conv2d, depthwise': () => new Conv2d(4, 8, 3, { groups: 4 }),
  'Conv2d, dilation and stride': () => new Conv2d(4, 2, 2, { dilation: 2, stride: [2, 1], bias: false }),
  ConvTranspose2d: () => new ConvTranspose2d(4, 3, 3, { stride: 2, padding: 1, outputPadding: 1 }),
  'ConvTranspose2d, groups and dilation': () => new ConvTranspose2d(4, 6, 2, { groups: 2, dilation: 2 }),
  'Dropout and Dropout2d in evaluation': () => new Sequential(new Dropout(0.5), new Dropout2d(0.5), new ReLU()),
  ELU: () => new ELU(),
  GELU: () => new GELU(),
  'GELU by tanh': () => new GELU('tanh'),
  GroupNorm: () => new GroupNorm(2, 4),
  LayerNorm: () => new LayerNorm([4, 6, 7]),
  LeakyReLU: () => new LeakyReLU(0.2),
  'Linear behind Flatten and Identity': () => new Sequential(new Flatten(), new Identity(), new Linear(168, 3)),
  'Linear without bias': () => new Sequential(new Flatten(), new Linear(168, 3, { bias: false })),
  'LogSoftmax of channels': () => new LogSoftmax(1),
  'LogSoftmax of logits': () => new Sequential(new Flatten(), new LogSoftmax(-1)),
  Sigmoid: () => new Sigmoid(),
  SiLU: () => new SiLU(),
  'Softmax of channels': () => new Softmax(1),
  Tanh: () => new Tanh(),
};

describe('an exported layer gives the same numbers', () => {
  it.each(Object.entries(LAYERS))('%s', async (_name, build) => {
    manualSeed(0);
    // Behind a convolution, so that ONNX holds its input with the channels second.
    await expectSame(new Sequential(new Conv2d(2, 4, 1), build()), [2, 6, 7], 1e-5);
  });
});

describe('what goes with the graph', () => {
  const preprocessing: Preprocessing = {
    inputShape: [1, 28, 28],
    mean: [0.1307],
    std: [0.3081],
    classNames: ['0', '1'],
  };

  it('is the preprocessing, in every format', async () => {
    const model = createModel('tiny-cnn');
    const onnx = await exportOnnx(model, { inputShape: [1, 28, 28], preprocessing, metadata: { licence: 'MIT' } });
    const text = new TextDecoder('latin1').decode(onnx);
    expect(text).toContain('cnn.preprocessing\x12');
    expect(text).toContain(JSON.stringify(preprocessing));
    const { json } = await loadExported(await exportTfjs(model, { inputShape: [1, 28, 28], preprocessing }));
    expect(readPreprocessing(json.userDefinedMetadata)).toEqual(preprocessing);
    model.dispose();
  });

  it("is PyTorch's names of inputs, outputs and parameters", async () => {
    const model = createModel('two-block-cnn');
    const file = await exportOnnx(model, { inputShape: [1, 28, 28] });
    const session = await ort.InferenceSession.create(file);
    expect([session.inputNames, session.outputNames]).toEqual([['input'], ['output']]);
    const text = new TextDecoder('latin1').decode(file);
    for (const [path] of model.namedParameters()) expect(text).toContain(path);
    model.dispose();
  });

  it('is a batch of one size, where that is asked for', async () => {
    const model = createModel('tiny-cnn');
    const session = await ort.InferenceSession.create(
      await exportOnnx(model, { inputShape: [1, 28, 28], batchSize: 2 }),
    );
    const input = new ort.Tensor('float32', new Float32Array(3 * 784), [3, 1, 28, 28]);
    await expect(session.run({ input })).rejects.toThrow(/Expected: 2/);
    model.dispose();
  });
});

describe('what cannot be exported', () => {
  class Custom extends Module {
    readonly #compute: (x: Tensor) => Tensor;

    constructor(compute: (x: Tensor) => Tensor) {
      super();
      this.#compute = compute;
    }

    override forward(x: Tensor): Tensor {
      return this.#compute(x);
    }
  }

  it.each<[string, (x: Tensor) => Tensor, RegExp]>([
    ['an operation without a translation', (x) => topk(x, 2).values, /received TopK in the forward pass/],
    ['a forward pass that reads values', (x) => (x.dataSync()[0] ? x : square(x)), /reads the values of a tensor/],
    ['nothing at all', (x) => x, /a forward pass without operations/],
    [
      'a pass that depends on the batch',
      (x) => ((x.shape[0] ?? 0) > 8 ? square(x) : square(square(x))),
      /the same computation/,
    ],
  ])('is refused with its reason: %s', async (_what, compute, reason) => {
    await expect(exportOnnx(new Custom(compute), { inputShape: [2, 4, 4] })).rejects.toThrow(reason);
    // The backend is back.
    await expectSame(new Sequential(new Conv2d(2, 1, 1)), [2, 4, 4], 1e-5);
  });
});
