import { expect, it } from 'vitest';
import {
  shownValue,
  typedValue,
  withClasses,
  withLayer,
  withLayerMoved,
  withOption,
  withoutLayer,
} from './edit-layers.ts';

const LAYERS = [
  { name: 'conv2d', outChannels: 4, kernelSize: 3 },
  'relu',
  'flatten',
  { name: 'linear', outFeatures: 10 },
];

it('layers are added, removed and moved', () => {
  expect(withLayer(LAYERS, 1, 'batch-norm2d')[1]).toBe('batch-norm2d');
  expect(withoutLayer(LAYERS, 1)).toEqual([LAYERS[0], 'flatten', LAYERS[3]]);
  expect(withLayerMoved(LAYERS, 0, 2)).toEqual(['relu', 'flatten', LAYERS[0], LAYERS[3]]);
  expect(withLayerMoved(LAYERS, 2, 0)[0]).toBe('flatten');
  expect(withLayerMoved(LAYERS, 0, -1)).toEqual(LAYERS);
  expect(withLayerMoved(LAYERS, 3, 4)).toEqual(LAYERS);
});

it('options are set and left to their defaults', () => {
  expect(withOption(LAYERS, 0, { option: 'padding', value: 'same' })[0]).toEqual({
    ...(LAYERS[0] as object),
    padding: 'same',
  });
  expect(withOption(['dropout'], 0, { option: 'p', value: 0.2 })).toEqual([{ name: 'dropout', p: 0.2 }]);
  expect(withOption([{ name: 'dropout', p: 0.2 }], 0, { option: 'p', value: undefined })).toEqual(['dropout']);
});

it('the last linear layer follows the number of classes', () => {
  expect(withClasses(LAYERS, 3).at(-1)).toEqual({ name: 'linear', outFeatures: 3 });
  expect(withClasses(['flatten', 'softmax'], 3)).toEqual(['flatten', 'softmax']);
});

it.each([
  ['3', 3],
  [' 3 x 5 ', [3, 5]],
  ['3×5', [3, 5]],
  ['0.25', 0.25],
  ['-1', -1],
  ['same', 'same'],
  ['many', 'many'],
  ['', undefined],
])('typed %j is %j, and shows as it was meant', (text, value) => {
  expect(typedValue(text)).toEqual(value);
  expect(typedValue(shownValue(value))).toEqual(value);
});
