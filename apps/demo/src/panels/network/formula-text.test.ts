import { planSequential } from '@cnn/models';
import { expect, it } from 'vitest';
import { formulaText } from './formula-text.ts';

it.each([
  [{ name: 'conv2d', outChannels: 2, kernelSize: 3, padding: 1 }, '⌊(28 + 2·1 − 1·(3 − 1) − 1) / 1⌋ + 1 = 28'],
  [{ name: 'max-pool2d', kernelSize: 3, ceilMode: true }, '⌈(28 + 2·0 − 1·(3 − 1) − 1) / 3⌉ + 1 = 10'],
  [
    { name: 'conv2d', outChannels: 2, kernelSize: [3, 5], stride: 2 },
    '⌊(28 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = 13; ⌊(28 + 2·0 − 1·(5 − 1) − 1) / 2⌋ + 1 = 12',
  ],
  ['flatten', '1·28·28 = 784'],
])('what %j makes of 28 pixels, as books print it', (layer, text) => {
  const { layers } = planSequential({ input: [1, 28, 28], layers: [layer] });
  expect(formulaText(layers[0]!.formula!)).toBe(text);
});
