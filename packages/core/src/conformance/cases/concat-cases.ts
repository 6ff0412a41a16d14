import * as tf from '@tensorflow/tfjs-core';
import type { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, conformanceCase } from '../conformance-case.ts';
import { rearrange, rearrangeGradient, rearrangement } from '../reference/rearrange-reference.ts';
import { mapArrays } from '../reference-array.ts';

/** Tensors joined along an axis. */
export function concatCases(random: CaseRandom): ConformanceCase[] {
  const cases: [shapes: number[][], axis: number][] = [
    [
      [
        [2, 3],
        [4, 3],
      ],
      0,
    ],
    [
      [
        [2, 3],
        [2, 1],
        [2, 5],
      ],
      1,
    ],
    [
      [
        [2, 3, 3, 4],
        [2, 3, 3, 2],
      ],
      3,
    ],
    [
      [
        [1, 2, 3],
        [1, 0, 3],
        [1, 4, 3],
      ],
      1,
    ],
  ];
  return cases.map(([shapes, axis]) => {
    const inputs = shapes.map((shape) => random.uniform(shape));
    const side = shapes.reduce((total, shape) => total + shape[axis]!, 0);
    const result = shapes[0]!.map((own, i) => (i === axis ? side : own));
    // The part that each input fills, as a rearrangement of it whose other elements are left at zero.
    let start = 0;
    const parts = shapes.map((shape) => {
      const from = start;
      start += shape[axis]!;
      return rearrangement(shape, result, (at) => {
        const inside = at[axis]! >= from && at[axis]! < from + shape[axis]!;
        return inside ? at.map((position, i) => (i === axis ? position - from : position)) : undefined;
      });
    });
    return conformanceCase({
      family: 'rearrange',
      name: `concat ${shapes.map((shape) => `[${shape}]`).join(' ')} axis ${axis}`,
      tags: shapes.some((shape) => shape.includes(0)) ? ['zero-sized'] : [],
      inputs,
      run: (...tensors) => tf.concat(tensors, axis),
      value: () => {
        const filled = inputs.map((input, i) => rearrange(input, parts[i]!));
        return mapArrays((...values) => values.reduce((sum, value) => sum + value, 0), filled[0]!, ...filled.slice(1));
      },
      gradient: (dy) => shapes.map((shape, i) => rearrangeGradient(dy, { shape, rearrangement: parts[i]! })),
    });
  });
}
