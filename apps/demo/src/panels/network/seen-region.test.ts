import { expect, it } from 'vitest';
import { planNetwork } from '../../session/network-plan.ts';
import { fieldFormula, middleUnit, regionOf } from './seen-region.ts';
import { ZOO_NETWORKS } from './zoo-layers.ts';

const { layers } = planNetwork({
  input: [1, 28, 28],
  layers: ZOO_NETWORKS.find(({ name }) => name === 'two-block-cnn')!.layers(10),
});

it('what the units of two blocks see, by hand', () => {
  expect(layers.slice(0, 6).map((_, i) => fieldFormula(layers, i))).toEqual([
    '1 + (3 − 1)·1·1 = 3',
    '3',
    '3 + (2 − 1)·1·1 = 4',
    '4 + (3 − 1)·1·2 = 8',
    '8',
    '8 + (2 − 1)·1·2 = 10',
  ]);
  expect(fieldFormula(layers, 7)).toBe('');
});

it('where the middle unit of the last maps looks: rows and columns 9 to 18', () => {
  expect(middleUnit(layers[5]!)).toEqual([3, 3]);
  expect(regionOf(layers[5]!.field!, [3, 3])).toEqual({ rows: [9, 19], columns: [9, 19] });
});

it('a unit at the corner sees padding', () => {
  expect(regionOf(layers[0]!.field!, [0, 27])).toEqual({ rows: [-1, 2], columns: [26, 29] });
});
