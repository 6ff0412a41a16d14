import { type Tensor4D, avgPool as tfAvgPool } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { avgPool, avgPoolGradient } from '../reference/avg-pool-reference.ts';
import type { PoolAttributes } from '../reference/max-pool-reference.ts';
import type { ReferenceArray } from '../reference-array.ts';

interface AvgPoolCase extends PoolAttributes {
  readonly what: string;
  readonly x: ReferenceArray;
  readonly tags?: readonly ConformanceTag[];
}

/** Average pooling, with windows that overlap or hang over the edge. */
export function avgPoolCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 501);
  const halving: PoolAttributes = { filterSize: [2, 2], strides: [2, 2], padding: 'valid' };
  const global: PoolAttributes = { filterSize: [7, 7], strides: [7, 7], padding: 'valid' };
  const cases: AvgPoolCase[] = [
    { what: 'one pixel', x: random.uniform([1, 1, 1, 1]), ...halving, filterSize: [1, 1] },
    { what: 'global', x: random.uniform([2, 7, 7, 10]), ...global },
    { what: 'odd sides', x: random.uniform([1, 7, 5, 4]), ...halving },
    { what: 'large', x: random.uniform([8, 28, 28, 16]), ...halving, tags: ['large'] },
    { what: 'no images', x: random.uniform([0, 4, 4, 2]), ...halving, tags: ['zero-sized'] },
    { what: 'non-finite', x: random.withNonFinite(random.uniform([1, 6, 6, 2])), ...halving, tags: ['non-finite'] },
  ];
  for (let i = 0; i < 10; i++) {
    cases.push({
      what: `random ${i}`,
      x: random.uniform([random.int(1, 3), random.int(3, 9), random.int(3, 9), random.int(1, 9)]),
      filterSize: [random.int(1, 3), random.int(1, 3)],
      strides: [random.int(1, 3), random.int(1, 3)],
      padding: random.pick(['valid', 'same']),
    });
  }
  return cases.map(avgPoolCase);
}

function avgPoolCase({ what, x, tags = [], ...attributes }: AvgPoolCase): ConformanceCase {
  const { filterSize, strides } = attributes;
  const padding = attributes.padding as 'valid' | 'same';
  return conformanceCase({
    family: 'avg-pool',
    name: `avgPool [${x.shape}] filter ${filterSize.join('x')} stride ${strides.join('x')} pad ${padding}, ${what}`,
    tags,
    inputs: [x],
    run: (input) => tfAvgPool(input as Tensor4D, [...filterSize], [...strides], padding),
    value: () => avgPool(x, attributes),
    gradient: (dy) => [avgPoolGradient(dy, { ...attributes, shape: x.shape })],
  });
}
