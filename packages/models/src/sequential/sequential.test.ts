import * as core from '@cnn/core';
import { CnnError, Generator, type Module, withGenerator } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { summary } from '../summary/summary.ts';
import { createModel } from '../zoo/create-model.ts';
import { LAYER_KINDS } from './layer-kinds.ts';
import type { LayerSpec } from './layer-spec.ts';
import { sequential } from './sequential.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const TWO_BLOCKS: readonly LayerSpec[] = [
  { name: 'conv2d', outChannels: 32, kernelSize: 3, padding: 1 },
  'relu',
  { name: 'max-pool2d', kernelSize: 2 },
  { name: 'conv2d', outChannels: 64, kernelSize: 3, padding: 'same' },
  { name: 'relu' },
  { name: 'max-pool2d', kernelSize: [2, 2], stride: 2 },
  'flatten',
  { name: 'linear', outFeatures: 128 },
  'relu',
  { name: 'linear', outFeatures: 10 },
];

function logits(model: Module): Float32Array {
  const image = new Generator(7).uniform(28 * 28);
  return tidy(() => model.forward(tensor4d(image, [1, 28, 28, 1])).dataSync<'float32'>());
}

function refusal(layers: readonly LayerSpec[], input: readonly [number, number, number] = [1, 28, 28]): string {
  try {
    sequential({ input, layers });
  } catch (error) {
    expect(error).toBeInstanceOf(CnnError);
    return (error as CnnError).message;
  }
  throw new Error('It was built.');
}

describe('sequential', () => {
  it("builds the network of notebook 002: the zoo's weights for the same seed, the zoo's logits", async () => {
    const own = withGenerator(new Generator(3), () => sequential({ input: [1, 28, 28], layers: TWO_BLOCKS }));
    const zoo = createModel('two-block-cnn', { generator: new Generator(3) });
    const [ownState, zooState] = [await own.stateDict(), await zoo.stateDict()];
    expect([...ownState.keys()]).toEqual([
      '0.weight',
      '0.bias',
      '3.weight',
      '3.bias',
      '7.weight',
      '7.bias',
      '9.weight',
      '9.bias',
    ]);
    expect([...ownState.values()]).toEqual([...zooState.values()]);
    expect(logits(own)).toEqual(logits(zoo));
  });

  it('is a model of the zoo, for configs: with layers, or with those of tiny-cnn to begin with', async () => {
    const own = createModel('sequential', { layers: TWO_BLOCKS, classes: 10, generator: new Generator(0) });
    expect(summary(own, { input: [1, 28, 28] }).total.parameters).toBe(421_642);
    const first = createModel('sequential', { generator: new Generator(0) });
    const tiny = createModel('tiny-cnn', { generator: new Generator(0) });
    expect(logits(first)).toEqual(logits(tiny));
  });

  it('builds every layer, each for what reaches it', () => {
    const layers: LayerSpec[] = [
      {
        name: 'conv2d',
        outChannels: 8,
        kernelSize: [3, 3],
        stride: 2,
        padding: 1,
        dilation: 1,
        groups: 1,
        bias: false,
      },
      'batch-norm2d',
      'leaky-relu',
      { name: 'conv-transpose2d', outChannels: 4, kernelSize: 2, stride: 2 },
      { name: 'group-norm', numGroups: 2 },
      'elu',
      { name: 'dropout2d', p: 0.1 },
      'gelu',
      { name: 'avg-pool2d', kernelSize: 2 },
      'layer-norm',
      'silu',
      { name: 'max-pool2d', kernelSize: 3, stride: 2, padding: 1, ceilMode: true },
      { name: 'adaptive-avg-pool2d', outputSize: [3, null] },
      'identity',
      'flatten',
      'layer-norm',
      { name: 'linear', outFeatures: 12, bias: false },
      'batch-norm1d',
      'sigmoid',
      { name: 'dropout', p: 0.2 },
      'tanh',
      { name: 'linear', outFeatures: 4 },
      'softmax',
      'log-softmax',
      'relu',
    ];
    const names = layers.map((layer) => (typeof layer === 'string' ? layer : layer.name));
    expect(new Set([...names, 'max-pool2d'])).toEqual(new Set(Object.keys(LAYER_KINDS)));
    const model = sequential({ input: [3, 28, 28], layers, classes: 4 });
    expect(summary(model, { input: [3, 28, 28] }).layers.at(-1)?.outputShape).toEqual([1, 4]);
  });

  it.each<[string, LayerSpec[], RegExp]>([
    [
      'an unknown layer',
      ['relu', 'conv2'],
      /^layers\.1: expected a layer \(conv2d, .*\), received 'conv2'\. Write conv2d\.$/,
    ],
    [
      'an unknown option',
      [{ name: 'conv2d', outChannel: 3, kernelSize: 3 }],
      /^layers\.0 conv2d: expected no options but outChannels, .*, received outChannel\. Write outChannels, or leave it out\.$/,
    ],
    [
      'an option too many',
      [{ name: 'relu', slope: 1 }],
      /^layers\.0 relu: expected no options, received slope\. Leave it out\.$/,
    ],
    [
      'a missing option',
      [{ name: 'conv2d', kernelSize: 3 }],
      /^layers\.0 conv2d outChannels: expected a whole number, received none\. Add outChannels: kernels, each/,
    ],
    [
      'a value of the wrong kind',
      [{ name: 'conv2d', outChannels: 3, kernelSize: 'big' }],
      /^layers\.0 conv2d kernelSize: expected a whole number, or \[height, width\], received "big"\. Change the value\.$/,
    ],
    [
      'no whole number',
      [{ name: 'conv2d', outChannels: 1.5, kernelSize: 3 }],
      /^layers\.0 conv2d Conv2d\.outChannels: .* 1\.5/,
    ],
    [
      'a window that does not fit, with the formula',
      [
        { name: 'max-pool2d', kernelSize: 8 },
        { name: 'conv2d', outChannels: 3, kernelSize: 5 },
      ],
      /^layers\.1 conv2d Conv2d: expected an output height of at least 1, received floor\(\(3 \+ 2·0 − 1·\(5−1\) − 1\)\/1 \+ 1\) = -1\. Use a kernelSize of at most 3/,
    ],
    [
      'a linear layer on images',
      [
        { name: 'conv2d', outChannels: 2, kernelSize: 3 },
        { name: 'linear', outFeatures: 10 },
      ],
      /^layers\.1 linear: expected features \[N, F\], received images \[N, 2, 26, 26\]\. Put a flatten before it \(2·26·26 = 1352 features\)\.$/,
    ],
    [
      'a convolution of features',
      ['flatten', { name: 'max-pool2d', kernelSize: 2 }],
      /^layers\.1 max-pool2d: .* Put it before flatten\.$/,
    ],
    [
      'something else',
      [null as never],
      /^layers\.0: expected the name of a layer, or its name and options, received null/,
    ],
    ['no layer at all', [], /^layers: expected at least one layer, received none/],
  ])('refuses %s', (_what, layers, message) => {
    const before = memory().numTensors;
    expect(refusal(layers)).toMatch(message);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses an end that does not give one number for each class', () => {
    const build = (last: LayerSpec) => () => sequential({ input: [1, 4, 4], layers: ['flatten', last], classes: 10 });
    expect(build({ name: 'linear', outFeatures: 7 })).toThrow(
      'layers.1: expected the last layer to give [N, 10], one number for each class, received [N, 7]. Set its outFeatures to 10.',
    );
    expect(build('relu')).toThrow('End with { name: linear, outFeatures: 10 }.');
  });

  it.each([[undefined], [[28, 28]], [[1, 28, 0]]])('refuses the input %j', (input) => {
    expect(() => sequential({ input: input as never, layers: TWO_BLOCKS })).toThrow(
      /sequential\.input: expected \[channels/,
    );
  });
});

it('every layer of core has a name in configs', () => {
  const abstract = ['PoolingLayer', 'BatchNormLayer'];
  const layers = Object.entries(core).filter(
    ([name, value]) => typeof value === 'function' && value.prototype instanceof core.Layer && !abstract.includes(name),
  );
  const named = Object.keys(LAYER_KINDS).map((name) => name.replaceAll('-', ''));
  expect(layers.length).toBeGreaterThan(20);
  expect(layers.map(([name]) => name.toLowerCase()).sort()).toEqual(named.sort());
});
