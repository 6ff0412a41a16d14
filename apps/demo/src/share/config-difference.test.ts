import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { configDifference } from './config-difference.ts';

const { optimizer, data, model } = DEFAULT_CONFIG;

test('the same configuration has no difference; its name and its backend are none', () => {
  expect(configDifference({ ...DEFAULT_CONFIG, name: 'other', backend: 'webgpu' }, DEFAULT_CONFIG)).toBe('');
});

test('options are named by their keys, components by their names', () => {
  const other = {
    ...DEFAULT_CONFIG,
    optimizer: { ...optimizer, lr: 0.01 },
    model: { name: 'mlp', hidden: 3 },
    seed: 2,
  };
  expect(configDifference(other, DEFAULT_CONFIG)).toBe('seed 2, model mlp, lr 0.01');
});

test('more than three are counted', () => {
  const other = {
    ...DEFAULT_CONFIG,
    seed: 1,
    optimizer: { ...optimizer, lr: 0.01, weightDecay: 0.1 },
    data: { ...data, batchSize: 8, augment: [{ 'random-rotation': { degrees: 10 } }] },
  };
  expect(configDifference(other, DEFAULT_CONFIG)).toBe('seed 1, batchSize 8, augment random-rotation, 2 more');
});

test('a changed list of layers is told without the list', () => {
  const layers = (count: number) => ({ ...model, layers: Array.from({ length: count }, () => ({ name: 'relu' })) });
  const [a, b] = [layers(4), layers(5)];
  expect(configDifference({ ...DEFAULT_CONFIG, model: a }, { ...DEFAULT_CONFIG, model: b })).toBe('other layers');
});
