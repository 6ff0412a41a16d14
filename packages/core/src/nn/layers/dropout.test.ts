import { grad, memory, ones, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { cpuBackend, Dropout, Dropout2d, type ForwardContext, Generator, selectBackend } from '../../index.ts';

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

function training(seed: number): ForwardContext {
  return { training: true, generator: new Generator(seed) };
}

function run(layer: Dropout | Dropout2d, shape: number[], context?: ForwardContext): number[] {
  return tidy(() => Array.from(layer.forward(ones(shape), context).dataSync()));
}

describe('dropout', () => {
  test('passes through in evaluation and when frozen', () => {
    expect(new Set(run(new Dropout(0.5), [4, 100]))).toEqual(new Set([1]));
    expect(new Set(run(new Dropout(0.5).freeze(), [4, 100], training(0)))).toEqual(new Set([1]));
  });

  test('drops the given share and scales the rest', () => {
    const output = run(new Dropout(0.25), [100, 100], training(0));
    expect(new Set(output)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    expect(output.filter((value) => value === 0).length / output.length).toBeCloseTo(0.25, 1);
  });

  test('draws another mask at each call and the same for the same state of the generator', () => {
    const context = training(3);
    const [first, second] = [run(new Dropout(), [50], context), run(new Dropout(), [50], context)];
    expect(second).not.toEqual(first);
    expect(run(new Dropout(), [50], training(3))).toEqual(first);
  });

  test('drops all at probability 1 and nothing at 0', () => {
    expect(new Set(run(new Dropout(1), [50], training(0)))).toEqual(new Set([0]));
    expect(new Set(run(new Dropout(0), [50], training(0)))).toEqual(new Set([1]));
  });

  test('gives the gradient to what was kept', () => {
    const before = memory().numTensors;
    const [output, gradient] = tidy(() => {
      const x = ones([40]);
      const forward = (seed: number) => (input: Tensor) => new Dropout(0.5).forward(input, training(seed));
      return [forward(9)(x).dataSync(), grad((input) => sum(forward(9)(input)))(x).dataSync()];
    });
    expect(gradient).toEqual(output);
    expect(memory().numTensors).toBe(before);
  });

  test('of channels drops whole maps', () => {
    const output = run(new Dropout2d(0.5), [8, 3, 3, 4], training(1));
    const maps = Array.from({ length: 32 }, (_, map) => {
      const [image, channel] = [Math.floor(map / 4), map % 4];
      return new Set(Array.from({ length: 9 }, (_, pixel) => output[(image * 9 + pixel) * 4 + channel]));
    });
    expect(maps.every((values) => values.size === 1)).toBe(true);
    expect(new Set(output)).toEqual(new Set([0, 2]));
  });
});
