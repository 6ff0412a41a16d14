import { type Tensor4D, maxPool as tfMaxPool } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { maxPool, maxPoolGradient, type PoolAttributes } from '../reference/max-pool-reference.ts';
import { mapArrays, type ReferenceArray } from '../reference-array.ts';
import { tfPadding } from './window-padding.ts';

/** Max pooling, with maxima below zero, ties, and windows that overlap or hang over the edge. */
export function maxPoolCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 401);
  const halving: PoolAttributes = { filterSize: [2, 2], strides: [2, 2], padding: 'valid' };
  const overlapping: PoolAttributes = { filterSize: [3, 3], strides: [1, 1], padding: 'valid' };
  const global: PoolAttributes = { filterSize: [5, 3], strides: [5, 3], padding: 'valid' };
  const cases: MaxPoolCase[] = [
    { what: 'one pixel', x: random.distinct([1, 1, 1, 1]), ...halving, filterSize: [1, 1], strides: [1, 1] },
    { what: 'all below zero', x: mapArrays((v) => v - 10, random.distinct([2, 6, 4, 3])), ...halving },
    { what: 'all zero', x: mapArrays(() => 0, random.distinct([1, 4, 4, 5])), ...halving },
    { what: 'after ReLU', x: mapArrays((v) => Math.max(v, 0), random.uniform([2, 6, 6, 8])), ...halving },
    { what: 'ties', x: mapArrays((v) => Math.round(v * 2), random.uniform([1, 5, 5, 2])), ...overlapping },
    { what: 'global', x: random.distinct([2, 5, 3, 7]), ...global },
    { what: 'odd sides', x: random.distinct([1, 7, 5, 4]), ...halving },
    { what: 'large', x: random.distinct([8, 28, 28, 32], 1 / 1024), ...halving, tags: ['large'] },
    { what: 'no images', x: random.distinct([0, 4, 4, 2]), ...halving, tags: ['zero-sized'] },
    { what: 'non-finite', x: random.withNonFinite(random.distinct([1, 6, 6, 2])), ...halving, tags: ['non-finite'] },
  ];
  for (let i = 0; i < 16; i++) cases.push(randomPool(random, i));
  return cases.map(maxPoolCase);
}

interface MaxPoolCase extends PoolAttributes {
  readonly what: string;
  readonly x: ReferenceArray;
  readonly tags?: readonly ConformanceTag[];
}

function randomPool(random: CaseRandom, i: number): MaxPoolCase {
  const padding = random.pick(['valid', 'same', 1] as const);
  const smallest = padding === 1 ? 2 : 1;
  return {
    what: `random ${i}`,
    x: random.distinct([random.int(1, 3), random.int(3, 9), random.int(3, 9), random.int(1, 9)]),
    filterSize: [random.int(smallest, 3), random.int(smallest, 3)],
    strides: [random.int(1, 3), random.int(1, 3)],
    padding,
  };
}

function maxPoolCase({ what, x, tags = [], ...attributes }: MaxPoolCase): ConformanceCase {
  const { filterSize, strides, padding } = attributes;
  return conformanceCase({
    family: 'max-pool',
    name: `maxPool [${x.shape}] filter ${filterSize.join('x')} stride ${strides.join('x')} pad ${padding}, ${what}`,
    tags,
    comparison: 'each',
    inputs: [x],
    run: (input) => tfMaxPool(input as Tensor4D, [...filterSize], [...strides], tfPadding(padding) as 'valid' | 'same'),
    value: () => maxPool(x, attributes),
    gradient: (dy) => [maxPoolGradient(dy, x, attributes)],
  });
}
