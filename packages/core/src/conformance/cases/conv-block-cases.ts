import { add, type Tensor4D, conv2d as tfConv2d, maxPool as tfMaxPool, relu as tfRelu } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { broadcast, sumToShape } from '../reference/broadcast-reference.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from '../reference/conv2d-reference.ts';
import { maxPool, maxPoolGradient, type PoolAttributes } from '../reference/max-pool-reference.ts';
import type { WindowAttributes } from '../reference/window.ts';
import { mapArrays, type ReferenceArray } from '../reference-array.ts';

interface ConvBlock {
  readonly x: readonly number[];
  readonly filter: readonly number[];
  readonly padding: 'same' | 'valid';
  readonly order: 'ReLU then pool' | 'pool then ReLU';
  readonly tags?: readonly ConformanceTag[];
}

const HALVING: PoolAttributes = { filterSize: [2, 2], strides: [2, 2], padding: 'valid' };

/**
 * Convolution, bias, ReLU and 2x2 max pooling one after the other, which a backend may fuse. Inputs are small
 * multiples of 1/8, so that every sum is exact in float32 and ties, of which there are many, have the same winner
 * however it is summed.
 */
export function convBlockCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 71);
  const blocks: Omit<ConvBlock, 'order'>[] = [
    { x: [2, 8, 8, 1], filter: [3, 3, 1, 8], padding: 'same' },
    { x: [2, 6, 8, 5], filter: [3, 3, 5, 12], padding: 'valid' },
    { x: [1, 7, 5, 3], filter: [5, 5, 3, 7], padding: 'same' },
    { x: [1, 9, 9, 4], filter: [2, 2, 4, 16], padding: 'valid' },
    { x: [8, 14, 14, 8], filter: [3, 3, 8, 16], padding: 'same', tags: ['large'] },
  ];
  return blocks.flatMap((block) =>
    (['ReLU then pool', 'pool then ReLU'] as const).map((order) => convBlockCase(random, { ...block, order })),
  );
}

function convBlockCase(random: CaseRandom, { order, padding, tags = [], ...shapes }: ConvBlock): ConformanceCase {
  const eighths = (shape: readonly number[]): ReferenceArray => mapArrays((v) => v / 8, random.integers(shape, -8, 8));
  const [x, filter, bias] = [eighths(shapes.x), eighths(shapes.filter), eighths(shapes.filter.slice(3))];
  const window: WindowAttributes = { strides: [1, 1], padding };
  const biased = (): ReferenceArray => broadcast((a, b) => a + b, conv2d(x, filter, window), bias);
  const poolFirst = order === 'pool then ReLU';
  return conformanceCase({
    family: 'conv-block',
    name: `conv2d [${x.shape}] by [${filter.shape}] pad ${padding}, bias, ${order}`,
    tags,
    inputs: [x, filter, bias],
    run: (input, weight, offset) => {
      const map: Tensor4D = add(tfConv2d(input as Tensor4D, weight as Tensor4D, 1, padding), offset!);
      return poolFirst ? tfRelu(tfMaxPool(map, 2, 2, 'valid')) : tfMaxPool(tfRelu(map), 2, 2, 'valid');
    },
    // ReLU is monotonic: both orders have one value.
    value: () => maxPool(mapArrays(relu, biased()), HALVING),
    gradient: (dy) => {
      const map = biased();
      const active = poolFirst ? mapArrays(reluGradient, dy, maxPool(map, HALVING)) : dy;
      const unpooled = maxPoolGradient(active, poolFirst ? map : mapArrays(relu, map), HALVING);
      const dmap = poolFirst ? unpooled : mapArrays(reluGradient, unpooled, map);
      return [
        conv2dInputGradient(dmap, filter, { ...window, shape: x.shape }),
        conv2dFilterGradient(dmap, x, { ...window, shape: filter.shape }),
        sumToShape(dmap, bias.shape),
      ];
    },
  });
}

function relu(value: number): number {
  return Math.max(value, 0);
}

function reluGradient(dy: number, x: number): number {
  return x > 0 ? dy : 0;
}
