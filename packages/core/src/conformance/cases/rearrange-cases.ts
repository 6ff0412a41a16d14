import * as tf from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { type Rearrangement, rearrange, rearrangeGradient, rearrangement } from '../reference/rearrange-reference.ts';
import type { ReferenceArray } from '../reference-array.ts';
import { castCases } from './cast-cases.ts';
import { concatCases } from './concat-cases.ts';

interface Rearranging {
  readonly name: string;
  readonly x: ReferenceArray;
  readonly run: (x: tf.Tensor) => tf.Tensor;
  readonly to: Rearrangement;
  readonly constant?: number;
  readonly tags?: readonly ConformanceTag[];
}

/** Operations that move elements and compute nothing: transpose, pad, slice, gather, concat, reshape, cast. */
export function rearrangeCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 1001);
  return [
    ...transposes(random),
    ...pads(random),
    ...slices(random),
    ...gathers(random),
    ...concatCases(random),
    reshape(random),
    ...castCases(),
  ].map((description) => ('family' in description ? description : rearrangingCase(description)));
}

function transposes(random: CaseRandom): Rearranging[] {
  const cases: [shape: number[], permutation: number[], tag?: ConformanceTag][] = [
    [[5], [0]],
    [
      [3, 4],
      [1, 0],
    ],
    [
      [2, 3, 5],
      [2, 0, 1],
    ],
    [
      [2, 6, 5, 3],
      [0, 3, 1, 2],
    ],
    [
      [2, 3, 6, 5],
      [0, 2, 3, 1],
    ],
    [
      [3, 3, 4, 8],
      [3, 2, 0, 1],
    ],
    [
      [8, 4, 3, 3],
      [2, 3, 1, 0],
    ],
    [
      [2, 3, 2, 3, 2],
      [4, 2, 0, 3, 1],
    ],
    [[0, 3], [1, 0], 'zero-sized'],
    [[8, 28, 28, 12], [0, 3, 1, 2], 'large'],
  ];
  return cases.map(([shape, permutation, tag]) => {
    const result = permutation.map((axis) => shape[axis]!);
    return {
      name: `transpose [${shape}] by ${permutation.join(', ')}`,
      x: random.uniform(shape),
      run: (x) => tf.transpose(x, permutation),
      to: rearrangement(shape, result, (at) => shape.map((_, axis) => at[permutation.indexOf(axis)]!)),
      tags: tag ? [tag] : [],
    };
  });
}

function pads(random: CaseRandom): Rearranging[] {
  const cases: [shape: number[], padding: [number, number][], constant: number][] = [
    [[3], [[1, 2]], 0],
    [
      [2, 3],
      [
        [0, 1],
        [2, 0],
      ],
      1.5,
    ],
    [
      [2, 4, 5, 3],
      [
        [0, 0],
        [1, 2],
        [3, 0],
        [0, 0],
      ],
      0,
    ],
    [
      [1, 2, 2, 2],
      [
        [1, 1],
        [0, 0],
        [1, 1],
        [2, 3],
      ],
      -2,
    ],
    [
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
      7,
    ],
  ];
  return cases.map(([shape, padding, constant]) => {
    const result = shape.map((side, axis) => side + padding[axis]![0] + padding[axis]![1]);
    return {
      name: `pad [${shape}] by ${JSON.stringify(padding)} with ${constant}`,
      x: random.uniform(shape),
      run: (x) => tf.pad(x, padding, constant),
      to: rearrangement(shape, result, (at) => {
        const source = at.map((position, axis) => position - padding[axis]![0]);
        return source.every((position, axis) => position >= 0 && position < shape[axis]!) ? source : undefined;
      }),
      constant,
    };
  });
}

function slices(random: CaseRandom): Rearranging[] {
  const cases: [shape: number[], begin: number[], size: number[]][] = [
    [[7], [2], [3]],
    [
      [4, 5],
      [1, 0],
      [2, 5],
    ],
    [
      [3, 4, 5, 6],
      [0, 1, 2, 3],
      [3, 2, 1, 3],
    ],
    [
      [2, 3, 3, 8],
      [0, 0, 0, 4],
      [2, 3, 3, 4],
    ],
    [
      [3, 3],
      [0, 0],
      [3, 3],
    ],
  ];
  return cases.map(([shape, begin, size]) => ({
    name: `slice [${shape}] from ${begin.join(', ')} size ${size.join(', ')}`,
    x: random.uniform(shape),
    run: (x) => tf.slice(x, begin, size),
    to: rearrangement(shape, size, (at) => at.map((position, axis) => position + begin[axis]!)),
  }));
}

function gathers(random: CaseRandom): Rearranging[] {
  const cases: [shape: number[], axis: number, indices: number[]][] = [
    [[6], 0, [5, 0, 0]],
    [[5, 4], 0, [4, 1, 1, 0, 3, 2]],
    [[3, 5, 2], 1, [2, 2, 4]],
    [[2, 3, 7], 2, [6, 0]],
  ];
  return cases.map(([shape, axis, indices]) => ({
    name: `gather [${shape}] axis ${axis} at ${indices.join(', ')}`,
    x: random.uniform(shape),
    run: (x) => tf.gather(x, tf.tensor1d(indices, 'int32'), axis),
    to: rearrangement(
      shape,
      shape.map((side, i) => (i === axis ? indices.length : side)),
      (at) => at.map((position, i) => (i === axis ? indices[position]! : position)),
    ),
  }));
}

function reshape(random: CaseRandom): Rearranging {
  const shape = [2, 3, 4];
  return {
    name: 'reshape [2,3,4] to [6,4]',
    x: random.uniform(shape),
    run: (x) => tf.reshape(x, [6, 4]),
    to: { shape: [6, 4], sources: Int32Array.from({ length: 24 }, (_, i) => i) },
  };
}

function rearrangingCase({ name, x, run, to, constant = 0, tags = [] }: Rearranging): ConformanceCase {
  return conformanceCase({
    family: 'rearrange',
    name,
    tags,
    comparison: 'each',
    inputs: [x],
    run: (input) => run(input!),
    value: () => rearrange(x, to, constant),
    gradient: (dy) => [rearrangeGradient(dy, { shape: x.shape, rearrangement: to })],
  });
}
