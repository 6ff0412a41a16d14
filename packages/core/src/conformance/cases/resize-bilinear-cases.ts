import { image, type Tensor4D } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, conformanceCase } from '../conformance-case.ts';
import {
  type ResizeAttributes,
  resizeBilinear,
  resizeBilinearGradient,
} from '../reference/resize-bilinear-reference.ts';

const SHAPES: readonly (readonly [shape: readonly number[], size: readonly [number, number]])[] = [
  [
    [1, 1, 1, 1],
    [1, 1],
  ],
  [
    [1, 1, 1, 3],
    [4, 5],
  ],
  [
    [2, 4, 4, 3],
    [8, 8],
  ],
  [
    [1, 5, 7, 2],
    [3, 4],
  ],
  [
    [2, 3, 6, 5],
    [7, 6],
  ],
  [
    [1, 8, 8, 1],
    [1, 1],
  ],
];

/** Bilinear resizing, larger and smaller, by each way of placing the pixels. */
export function resizeBilinearCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 1101);
  const ways = [
    { alignCorners: false, halfPixelCenters: false },
    { alignCorners: true, halfPixelCenters: false },
    { alignCorners: false, halfPixelCenters: true },
  ];
  return SHAPES.flatMap(([shape, size]) => ways.map((way) => resizeCase(random, shape, { ...way, size })));
}

function resizeCase(random: CaseRandom, shape: readonly number[], attributes: ResizeAttributes): ConformanceCase {
  const { size, alignCorners, halfPixelCenters } = attributes;
  const x = random.uniform(shape);
  const way = alignCorners ? 'aligned corners' : halfPixelCenters ? 'half pixel centres' : 'plain';
  return conformanceCase({
    family: 'resize-bilinear',
    name: `resizeBilinear [${shape}] to ${size.join('x')}, ${way}`,
    inputs: [x],
    run: (input) => image.resizeBilinear(input as Tensor4D, [...size], alignCorners, halfPixelCenters),
    value: () => resizeBilinear(x, attributes),
    gradient: (dy) => [resizeBilinearGradient(dy, { ...attributes, shape })],
  });
}
