import { simdBackend } from '@cnn/backend-simd';
import { Conv2d, Generator, selectBackend } from '@cnn/core';
import { createModel, modelNames } from '@cnn/models';
import { memory, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { imagesAtOnce, layerCalls } from './layer-card.ts';
import { fewerChannels, lookInside, readFilters } from './look-inside.ts';

beforeAll(() => selectBackend('simd', [simdBackend()]));

const image = (side = 28) => ({
  data: Float32Array.from({ length: side * side }, (_, i) => Math.abs(Math.sin(i))),
  shape: [1, side, side, 1],
});

describe('the layers of a network', () => {
  test('are those that an image passes, in order, with shapes in PyTorch’s words', () => {
    const cards = layerCalls(createModel('basic-cnn'), [28, 28, 1]).map(({ card }) => card);
    expect(cards.map(({ path, outputShape }) => `${path} ${outputShape.join('×')}`)).toEqual([
      'conv1 16×28×28',
      'relu 16×28×28',
      'pool 16×14×14',
      'conv2 32×14×14',
      'relu 32×14×14',
      'pool 32×7×7',
      'flatten 1568',
      'fc1 128',
      'relu 128',
      'fc2 10',
    ]);
    expect(cards[0]).toMatchObject({ kind: 'Conv2d', filterShape: [16, 1, 3, 3], window: { paddingBegin: [1, 1] } });
    expect(cards[0]?.formula).toContain('= 28');
    expect(cards[2]?.window).toMatchObject({ kind: 'max', kernelSize: [2, 2] });
    expect(cards[7]?.filterShape).toEqual([128, 32, 7, 7]);
    expect(cards[9]?.filterShape).toEqual([1, 1, 10, 128]);
  });

  test.each(modelNames().filter((name) => !name.startsWith('resnet')))('of %s can all be looked into', async (name) => {
    const model = createModel(name, { generator: new Generator(0) });
    const calls = layerCalls(model, [28, 28, 1]);
    const outputs = calls.map(({ card }) => card.call);
    const before = memory().numTensors;
    const look = await lookInside(model, image(), { outputs, whole: 0 });
    expect(memory().numTensors).toBe(before);
    look.outputs.forEach(({ values, shape }, index) => {
      const [first, ...rest] = calls[index]!.card.outputShape;
      expect(shape).toEqual(rest.length > 0 ? [...rest, first] : [first]); // [C, H, W] is [H, W, C] in memory
      expect(values).toHaveLength(shape.reduce((product, side) => product * side, 1));
    });
    expect(look.whole?.input.values).toEqual(image().data);
    expect(look.whole?.output.values).toEqual(look.outputs[0]?.values);
    expect(look.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    model.dispose();
  });
});

test('fewer images go through at once where they leave more behind', () => {
  const small = layerCalls(createModel('tiny-cnn'), [28, 28, 1]);
  expect(imagesAtOnce(small, 50)).toBe(50);
  const large = layerCalls(new Conv2d(3, 64, 3, { padding: 1 }), [224, 224, 3]);
  expect(imagesAtOnce(large, 50)).toBe(5);
  expect(imagesAtOnce([...large, ...large, ...large, ...large, ...large, ...large], 50)).toBe(1);
});

describe('what is read back', () => {
  test('are the layer’s own values', async () => {
    const model = createModel('tiny-cnn', { generator: new Generator(1) });
    const [conv] = layerCalls(model, [28, 28, 1]);
    const look = await lookInside(model, image(), { outputs: [0, 4] });
    const own = tidy(() => (conv!.module as Conv2d).forward(tensor4d(image().data, [1, 28, 28, 1])));
    expect(look.outputs[0]?.values).toEqual(Float32Array.from(own.dataSync()));
    own.dispose();
    const logits = look.outputs[1]!.values;
    const whole = logits.reduce((sum, value) => sum + Math.exp(value), 0);
    for (const [index, value] of look.probabilities.entries()) {
      expect(value).toBeCloseTo(Math.exp(logits[index]!) / whole, 5);
    }
  });

  test('are the first channels where all would be too much', () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8); // [2, 1, 4]
    expect(fewerChannels(data, [2, 1, 4], 5)).toEqual({ values: Float32Array.of(1, 2, 5, 6), shape: [2, 1, 2] });
    expect(fewerChannels(data, [2, 1, 4], 1).shape).toEqual([2, 1, 1]);
    expect(fewerChannels(data, [2, 1, 4], 8).values).toEqual(data);
  });

  test('kernels come by input channel', async () => {
    const model = createModel('lenet5', { generator: new Generator(0) });
    const calls = layerCalls(model, [28, 28, 1]);
    const second = calls.filter(({ module }) => module instanceof Conv2d)[1]!;
    const whole = (await (second.module as Conv2d).weight.read()).data;
    const filters = await readFilters(second, 2);
    expect(filters).toMatchObject({ shape: [16, 1, 5, 5], inputChannel: 2 });
    expect([...filters!.values.subarray(25, 50)]).toEqual([...whole.slice((6 + 2) * 25, (6 + 3) * 25)].map(Number));
    expect(await readFilters(calls[1]!, 0)).toBeNull();
  });
});
