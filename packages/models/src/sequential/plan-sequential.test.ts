import { seenRegion } from '@cnn/core';
import { expect, it } from 'vitest';
import { planSequential } from './plan-sequential.ts';

// No backend is registered in this file.
const PLAN = planSequential({
  input: [1, 28, 28],
  layers: [
    { name: 'conv2d', outChannels: 32, kernelSize: 3, padding: 1 },
    'relu',
    { name: 'max-pool2d', kernelSize: 2 },
    { name: 'conv2d', outChannels: 64, kernelSize: 3, padding: 1 },
    'relu',
    { name: 'max-pool2d', kernelSize: 2 },
    'flatten',
    { name: 'linear', outFeatures: 128 },
  ],
});

it('tells sizes, parameters, multiply-adds and formulas without a backend', () => {
  const [conv, relu, pool] = PLAN.layers;
  expect(conv).toMatchObject({
    name: 'conv2d',
    description: { outputShape: [1, 32, 28, 28], parameterCount: 320, multiplyAdds: 28 * 28 * 32 * 9 },
    formula: 'floor((28 + 2·1 − 1·(3−1) − 1)/1 + 1) = 28',
  });
  expect(relu?.formula).toBeNull();
  expect(pool?.formula).toBe('floor((28 + 2·0 − 1·(2−1) − 1)/2 + 1) = 14');
  expect(PLAN.layers.at(-1)?.formula).toBe('3136 → 128');
  expect(PLAN.total).toEqual({ parameters: 320 + 18_496 + 401_536, multiplyAdds: 225_792 + 3_612_672 + 401_408 });
  expect(PLAN.problem).toBeNull();
});

it('follows what a unit sees: by hand 3, 3, 4, 8, 8, 10 pixels, then all', () => {
  expect(PLAN.layers.map(({ field }) => field?.size[0] ?? 'all')).toEqual([3, 3, 4, 8, 8, 10, 'all', 'all']);
  // The unit at row 2, column 3 behind both poolings: 2 + 2·4 − 5 = 5 and 2 + 3·4 − 5 = 9.
  expect(seenRegion(PLAN.layers[5]!.field!, [2, 3])).toEqual({ rows: [5, 15], columns: [9, 19] });
});

it('stops at the first layer that is not legal and keeps those before it', () => {
  const { layers, problem } = planSequential({
    input: [3, 32, 32],
    layers: [
      { name: 'conv2d', outChannels: 8, kernelSize: 5, stride: 2 },
      { name: 'avg-pool2d', kernelSize: 40 },
      'relu',
    ],
  });
  expect(layers.map(({ description }) => description.outputShape)).toEqual([[1, 8, 14, 14]]);
  expect(problem?.layer).toBe(1);
  expect(problem?.error.message).toMatch(
    /^layers\.1 avg-pool2d AvgPool2d: .*floor\(\(14 \+ 2·0 − 1·\(40−1\) − 1\)\/40 \+ 1\) = 0/,
  );
});

it('takes a network of any size: nothing is allocated', () => {
  const { total } = planSequential({
    input: [3, 224, 224],
    layers: ['flatten', { name: 'linear', outFeatures: 1_000_000 }],
  });
  expect(total.parameters).toBe(150_529_000_000);
});
