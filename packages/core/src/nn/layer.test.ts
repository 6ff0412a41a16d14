import { memory, ones, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  CnnError,
  Conv2d,
  ConvTranspose2d,
  cpuBackend,
  Dropout,
  Flatten,
  type ForwardContext,
  GroupNorm,
  LayerNorm,
  Linear,
  MaxPool2d,
  ReLU,
  selectBackend,
} from '../index.ts';

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

function refusal(run: () => unknown): CnnError {
  try {
    run();
  } catch (error) {
    if (error instanceof CnnError) return error;
    throw error;
  }
  throw new Error('expected a CnnError');
}

describe('describe() tells without a tensor', () => {
  test('what a convolution makes, costs and sees', () => {
    const layer = new Conv2d(3, 8, [3, 5], { stride: [1, 2], padding: [1, 2], dilation: [2, 1] });
    const description = layer.describe([4, 3, 28, 30]);
    expect(description).toMatchObject({
      kind: 'Conv2d',
      outputShape: [4, 8, 26, 15],
      parameterCount: 3 * 8 * 15 + 8,
      multiplyAdds: 4 * 8 * 26 * 15 * 3 * 15,
      formula: 'floor((28 + 2·1 − 2·(3−1) − 1)/1 + 1) = 26; floor((30 + 2·2 − 1·(5−1) − 1)/2 + 1) = 15',
    });
    expect(description.window).toMatchObject({
      kernelSize: [3, 5],
      stride: [1, 2],
      dilation: [2, 1],
      paddingBegin: [1, 2],
    });
  });

  test('one formula where height and width are alike, and both paddings where they differ', () => {
    expect(new Conv2d(1, 2, 3, { padding: 1 }).describe([1, 1, 28, 28]).formula).toBe(
      'floor((28 + 2·1 − 1·(3−1) − 1)/1 + 1) = 28',
    );
    expect(new Conv2d(1, 2, 2, { padding: 'same' }).describe([1, 1, 28, 28]).formula).toBe(
      'floor((28 + 0 + 1 − 1·(2−1) − 1)/1 + 1) = 28',
    );
  });

  test('a pooling with ceilMode rounds up', () => {
    expect(new MaxPool2d(2, { ceilMode: true }).describe([1, 2, 5, 5])).toMatchObject({
      outputShape: [1, 2, 3, 3],
      formula: 'ceil((5 + 2·0 − 1·(2−1) − 1)/2 + 1) = 3',
      parameterCount: 0,
      multiplyAdds: 0,
    });
  });

  test('grouped convolutions cost as many multiplications less', () => {
    const cost = (groups: number): number => new Conv2d(4, 8, 3, { groups }).describe([1, 4, 8, 8]).multiplyAdds;
    expect(cost(4)).toBe(cost(1) / 4);
  });

  test('a linear layer, a transposed convolution', () => {
    expect(new Linear(20, 5).describe([3, 20])).toMatchObject({
      outputShape: [3, 5],
      multiplyAdds: 300,
      parameterCount: 105,
    });
    expect(new ConvTranspose2d(4, 2, 2, { stride: 2 }).describe([1, 4, 7, 7])).toMatchObject({
      outputShape: [1, 2, 14, 14],
      formula: '(7−1)·2 − 2·0 + 1·(2−1) + 0 + 1 = 14',
      multiplyAdds: 4 * 49 * 4 * 2,
    });
  });
});

describe('an impossible shape is refused with the formula and the nearest legal value:', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a kernel larger than the image',
      () => new Conv2d(1, 2, 5).outputShape([1, 1, 3, 8]),
      'Conv2d: expected an output height of at least 1, received floor((3 + 2·0 − 1·(5−1) − 1)/1 + 1) = -1. ' +
        'Use a kernelSize of at most 3, or an input height of at least 5.',
    ],
    [
      'a dilated kernel larger than the image',
      () => new Conv2d(1, 2, 3, { dilation: 3, padding: 1 }).outputShape([1, 1, 9, 4]),
      'Conv2d: expected an output width of at least 1, received floor((4 + 2·1 − 3·(3−1) − 1)/1 + 1) = 0. ' +
        'Use a kernelSize of at most 2, or an input width of at least 5.',
    ],
    [
      'a pooling of too small a map',
      () => new MaxPool2d(2).outputShape([1, 8, 1, 1]),
      'MaxPool2d: expected an output height of at least 1, received floor((1 + 2·0 − 1·(2−1) − 1)/2 + 1) = 0. ' +
        'Use a kernelSize of at most 1, or an input height of at least 2.',
    ],
    [
      'a pooling with ceilMode of too small a map',
      () => new AvgPool2d(3, { stride: 1, ceilMode: true }).outputShape([1, 8, 2, 2]),
      'AvgPool2d: expected an output height of at least 1, received ceil((2 + 2·0 − 1·(3−1) − 1)/1 + 1) = 0. ' +
        'Use a kernelSize of at most 2, or an input height of at least 3.',
    ],
    [
      'images of other channels',
      () => new Conv2d(3, 8, 3).outputShape([1, 1, 28, 28]),
      'Conv2d: expected 3 input channels, received 1 in [1, 1, 28, 28]. ' +
        'Build the layer for 1 channels, or check that images in memory are [N, H, W, C].',
    ],
    [
      'features where images are expected',
      () => new MaxPool2d(2).outputShape([4, 10]),
      'MaxPool2d: expected images [N, C, H, W] (in memory [N, H, W, C]), received [4, 10]. ' +
        'Add the missing axes, for example a batch of one image of one channel is [1, 1, H, W].',
    ],
    [
      'images where features are expected',
      () => new Linear(10, 2).outputShape([4, 16, 13, 13]),
      'Linear: expected [N, 10], received images [4, 16, 13, 13]. ' +
        'Put a Flatten before it (16·13·13 = 2704 features) and build it with inFeatures 2704.',
    ],
    [
      'a wrong number of features',
      () => new Linear(10, 2).outputShape([4, 12]),
      'Linear: expected [N, 10], received [4, 12]. Build it with inFeatures 12.',
    ],
    [
      'a wrong last shape',
      () => new LayerNorm([3, 4]).outputShape([2, 5]),
      'LayerNorm: expected a shape that ends in [3, 4], received [2, 5]. Build it for [5].',
    ],
    [
      'images for features',
      () => new BatchNorm1d(3).outputShape([2, 3, 4, 4]),
      'BatchNorm1d: expected [N, 3], received [2, 3, 4, 4]. Use BatchNorm2d for images.',
    ],
    [
      'a transposed convolution with too much padding',
      () => new ConvTranspose2d(1, 1, 2, { padding: 2 }).outputShape([1, 1, 2, 2]),
      'ConvTranspose2d: expected an output height of at least 1, received (2−1)·1 − 2·2 + 1·(2−1) + 0 + 1 = -1. Use less padding or a larger input.',
    ],
  ])('%s', (_, run, message) => {
    const error = refusal(run);
    expect(error.code).toBe('invalid-shape');
    expect(error.message).toBe(message);
  });

  test('forward refuses before any kernel runs', () => {
    const before = memory().numTensors;
    const layer = new Conv2d(1, 1, 3);
    const small = ones([1, 2, 2, 1]);
    expect(refusal(() => layer.forward(small)).code).toBe('invalid-shape');
    small.dispose();
    layer.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('an argument that is no legal value is refused by name:', () => {
  test.each<[() => unknown, RegExp]>([
    [() => new Conv2d(0, 1, 3), /^Conv2d.inChannels: expected a positive integer, received 0\./],
    [() => new Conv2d(1, 2.5, 3), /^Conv2d.outChannels: .*received 2.5/],
    [() => new Conv2d(1, 1, 0), /^Conv2d.kernelSize: expected an integer ≥ 1 or a pair .*received 0\./],
    [() => new Conv2d(1, 1, 3, { stride: 0 }), /^Conv2d.stride: /],
    [() => new Conv2d(1, 1, 3, { padding: -1 }), /^Conv2d.padding: expected an integer ≥ 0/],
    [
      () => new Conv2d(1, 1, 3, { padding: 'same', stride: 2 }),
      /^Conv2d.padding: .*'same' with stride \[2, 2\]\. Pass padding: \[1, 1\]\./,
    ],
    [
      () => new Conv2d(4, 6, 3, { groups: 4 }),
      /^Conv2d.groups: expected a divisor of 4 input and 6 output channels, received 4\. Pass one of 1, 2\./,
    ],
    [() => new MaxPool2d(2, { padding: 2 }), /^MaxPool2d.padding: expected at most half .*Pass at most 1\./],
    [
      () => new ConvTranspose2d(1, 1, 3, { outputPadding: 1 }),
      /^ConvTranspose2d.outputPadding: expected less than the stride/,
    ],
    [() => new GroupNorm(2, 3), /^GroupNorm.numGroups: expected a divisor of 3 channels/],
    [() => new Dropout(1.5), /^Dropout.p: expected a probability from 0 to 1, received 1.5\./],
    [() => new AdaptiveAvgPool2d([0, null]), /^AdaptiveAvgPool2d.outputSize: /],
    [() => new BatchNorm2d(-3), /^BatchNorm2d.numFeatures: /],
  ])('%s', (run, message) => {
    const error = refusal(run);
    expect(error.code).toBe('invalid-argument');
    expect(error.message).toMatch(message);
  });
});

test('an observer sees each layer’s input and output as they pass', () => {
  const seen: string[] = [];
  const context: ForwardContext = {
    training: false,
    observe: (layer, input, output) => seen.push(`${layer.constructor.name} ${input.shape} → ${output.shape}`),
  };
  tidy(() => {
    const x: Tensor = tensor(new Float32Array(32), [2, 4, 4, 1]);
    new Flatten().forward(new ReLU().forward(x, context), context);
  });
  expect(seen).toEqual(['ReLU 2,4,4,1 → 2,4,4,1', 'Flatten 2,4,4,1 → 2,16']);
});
