import { AvgPool2d, Conv2d, type Conv2dOptions, cpuBackend, Generator, MaxPool2d, selectBackend } from '@cnn/core';
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { kernelSum } from './kernel-arithmetic.ts';
import { poolResult } from './pool-arithmetic.ts';
import type { Maps } from './window-spec.ts';

const input: Maps = maps(9, 8, 4);

function maps(height: number, width: number, channels: number): Maps {
  const values = Float32Array.from({ length: height * width * channels }, (_, i) => Math.sin(1.7 * i) - 0.2);
  return { values, shape: [height, width, channels] };
}

async function outputOf(layer: Conv2d | MaxPool2d | AvgPool2d): Promise<Maps> {
  const output = tidy(() => layer.forward(tensor4d(input.values, [1, ...input.shape])));
  const values = Float32Array.from(await output.data());
  const [, height, width, channels] = output.shape;
  output.dispose();
  return { values, shape: [height!, width!, channels!] };
}

function eachOutput(
  { values, shape }: Maps,
  check: (row: number, column: number, channel: number, value: number) => void,
) {
  values.forEach((value, i) => {
    const pixel = Math.floor(i / shape[2]);
    check(Math.floor(pixel / shape[1]), pixel % shape[1], i % shape[2], value);
  });
}

beforeAll(() => selectBackend('cpu', [cpuBackend()]));

describe('the arithmetic of a kernel is what the network computes', () => {
  const cases: [name: string, kernelSize: number | [number, number], options: Conv2dOptions][] = [
    ['a plain kernel', 3, {}],
    ['padding', 3, { padding: 1 }],
    ['stride and padding', 3, { stride: 2, padding: 1 }],
    ['a kernel that is not square, with dilation', [2, 3], { dilation: [2, 1], padding: [1, 2] }],
    ['groups, without bias', 3, { groups: 2, bias: false }],
    ["'same' of an even kernel", 2, { padding: 'same' }],
  ];
  test.each(cases)('%s', async (_, kernelSize, options) => {
    const layer = new Conv2d(4, 6, kernelSize, { ...options, generator: new Generator(1) });
    const weight = (await layer.weight.read()).data as Float32Array;
    const bias = layer.bias ? ((await layer.bias.read()).data as Float32Array) : null;
    const { kernelSize: sides, stride, dilation, paddingBegin, paddingEnd, groups, outChannels } = layer;
    const spec = { kernelSize: sides, stride, dilation, paddingBegin, paddingEnd, groups, outChannels, weight, bias };
    eachOutput(await outputOf(layer), (row, column, outputChannel, value) => {
      const inputChannel = Math.floor(outputChannel / (6 / groups)) * (4 / groups) + 1;
      const sum = kernelSum(spec, input, { outputChannel, inputChannel, row, column });
      expect(Math.abs(sum.output - value)).toBeLessThan(1e-5);
      const ofChannel = sum.products.reduce((total, { product }) => total + product, 0);
      expect(ofChannel).toBeCloseTo(sum.channelSums[inputChannel - sum.firstChannel]!, 12);
    });
    layer.dispose();
  });
});

describe('the arithmetic of a pooling is what the network computes', () => {
  test('the greatest wins, and padding never does', async () => {
    const layer = new MaxPool2d(3, { stride: 2, padding: 1, ceilMode: true });
    eachOutput(await outputOf(layer), (row, column, channel, value) => {
      const result = poolResult({ ...layer, kind: 'max', countIncludePad: true }, input, { channel, row, column });
      expect(result.output).toBe(value);
      expect(result.values[result.winner!]!.pixel.inside).toBe(true);
    });
  });

  test.each([true, false])('an average, padding counted: %s', async (countIncludePad) => {
    const layer = new AvgPool2d(3, { stride: 2, padding: 1, ceilMode: true, countIncludePad });
    eachOutput(await outputOf(layer), (row, column, channel, value) => {
      const result = poolResult({ ...layer, kind: 'average', countIncludePad }, input, { channel, row, column });
      expect(Math.abs(result.output - value)).toBeLessThan(1e-5);
    });
  });

  test('of equal values the first one wins', () => {
    const flat: Maps = { values: new Float32Array(4), shape: [2, 2, 1] };
    const window = {
      kernelSize: [2, 2],
      stride: [2, 2],
      dilation: [1, 1],
      paddingBegin: [0, 0],
      paddingEnd: [0, 0],
    } as const;
    const pooling = { ...window, kind: 'max', countIncludePad: true } as const;
    expect(poolResult(pooling, flat, { channel: 0, row: 0, column: 0 }).winner).toBe(0);
  });
});
