import { expect, it } from 'vitest';
import { planNetwork } from './network-plan.ts';

const INPUT = [1, 28, 28] as const;

it('is plain: it can be sent from a Worker', () => {
  const plan = planNetwork({ input: INPUT, layers: [{ name: 'conv2d', outChannels: 4, kernelSize: 5 }, 'flatten'] });
  expect(structuredClone(plan)).toEqual(plan);
  expect(plan.layers[0]).toMatchObject({
    outputShape: [4, 24, 24],
    parameters: 104,
    field: { size: [5, 5], jump: [1, 1], start: [2.5, 2.5] },
    window: { kernelSize: [5, 5] },
  });
  expect(plan.layers[1]?.field).toBeNull();
});

it.each([
  [
    { name: 'conv2d', outChannels: 4, kernelSize: 40 },
    /^Expected an output height of at least 1, received floor\(\(28/,
  ],
  [{ name: 'conv2d', outChannels: 0, kernelSize: 3 }, /^outChannels: expected a positive integer, received 0/],
  [{ name: 'conv2d', kernelSize: 3 }, /^outChannels: expected a whole number, received none/],
  [
    { name: 'linear', outFeatures: 4 },
    /^Expected features \[N, F\], received images \[N, 1, 28, 28\]\. Put a flatten before it/,
  ],
  ['relus', /^Expected a layer \(conv2d, /],
])('tells what is wrong with %j without repeating where', (layer, message) => {
  expect(planNetwork({ input: INPUT, layers: [layer] }).problem).toEqual({
    layer: 0,
    message: expect.stringMatching(message),
  });
});

it('refuses a network that would not fit, at its largest layer, before memory is taken', () => {
  const layers = [
    { name: 'conv2d', outChannels: 512, kernelSize: 3, padding: 1 },
    'flatten',
    { name: 'linear', outFeatures: 1000 },
  ];
  expect(planNetwork({ input: INPUT, layers }).problem).toEqual({
    layer: 2,
    message: expect.stringMatching(
      /^Expected a network of at most 512 MB .*, received 6,\d\d\d MB for 401,414,120 parameters\./,
    ),
  });
});
