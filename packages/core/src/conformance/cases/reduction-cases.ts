import * as tf from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { reduce, reduceGradient } from '../reference/reduction-reference.ts';
import type { ReferenceArray } from '../reference-array.ts';

interface Reduction {
  readonly name: string;
  readonly run: (x: tf.Tensor, axes: number[]) => tf.Tensor;
  readonly value: (values: readonly number[]) => number;
  readonly derivative?: (values: readonly number[]) => readonly number[];
  /** Reduces one axis only. */
  readonly oneAxis?: true;
}

const FUNCTIONS: readonly Reduction[] = [
  { name: 'sum', run: (x, axes) => tf.sum(x, axes), value: sum, derivative: (values) => values.map(() => 1) },
  {
    name: 'mean',
    run: (x, axes) => tf.mean(x, axes),
    value: (values) => sum(values) / values.length,
    derivative: (values) => values.map(() => 1 / values.length),
  },
  {
    name: 'max',
    run: (x, axes) => tf.max(x, axes),
    value: max,
    derivative: (values) => indicator(values, max(values)),
  },
  {
    name: 'min',
    run: (x, axes) => tf.min(x, axes),
    value: min,
    derivative: (values) => indicator(values, min(values)),
  },
  {
    name: 'argMax',
    run: (x, axes) => tf.argMax(x, axes[0]),
    value: (values) => values.indexOf(max(values)),
    oneAxis: true,
  },
  {
    name: 'argMin',
    run: (x, axes) => tf.argMin(x, axes[0]),
    value: (values) => values.indexOf(min(values)),
    oneAxis: true,
  },
];

const SHAPES: readonly (readonly [shape: readonly number[], axes: readonly number[], tag?: ConformanceTag])[] = [
  [[1], [0]],
  [[37], [0]],
  [[4, 10], [1]],
  [[4, 10], [0]],
  [[3, 133], [1]],
  [
    [2, 3, 4, 6],
    [0, 1, 2],
  ],
  [[2, 3, 4, 6], [3]],
  [
    [2, 5, 3, 4],
    [1, 2],
  ],
  [
    [2, 5, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 4],
    [0, 1, 2],
  ],
  [[32, 14, 14, 16], [0, 1, 2], 'large'],
  [[100_003], [0], 'large'],
];

/** Sums, means, extremes and their places, over any axes. */
export function reductionCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 951);
  // Positive terms, so that a sum has the magnitude of what was added; extremes want no ties.
  const valuesFor = ({ name }: Reduction, shape: readonly number[]): ReferenceArray =>
    name === 'sum' || name === 'mean' ? random.uniform(shape, 0, 1) : random.distinct(shape, 1 / 512);
  return [
    ...FUNCTIONS.flatMap((tested) =>
      SHAPES.filter(([, axes]) => !tested.oneAxis || axes.length === 1).map(([shape, axes, tag]) =>
        reductionCase(tested, { x: valuesFor(tested, shape), axes }, tag ? [tag] : []),
      ),
    ),
    argMaxOfTies(),
    sumOfNothing(),
    ...FUNCTIONS.slice(0, 2).map((tested) => infiniteCase(tested)),
  ];
}

function reductionCase(
  { name, run, value, derivative }: Reduction,
  { x, axes }: { x: ReferenceArray; axes: readonly number[] },
  tags: readonly ConformanceTag[],
): ConformanceCase {
  return conformanceCase({
    family: 'reduction',
    name: [name, `[${x.shape}]`, `over ${axes.join(', ')}`, ...tags].join(' '),
    tags,
    inputs: [x],
    run: (input) => run(input!, [...axes]),
    value: () => reduce(x, axes, value),
    ...(derivative ? { gradient: (dy: ReferenceArray) => [reduceGradient(dy, { x, axes, f: derivative })] } : {}),
  });
}

function argMaxOfTies(): ConformanceCase {
  const x: ReferenceArray = { shape: [2, 4], data: Float64Array.of(1, 3, 3, 2, 0, 0, 0, 0), dtype: 'float32' };
  return conformanceCase({
    family: 'reduction',
    name: 'argMax of ties is the first',
    inputs: [x],
    run: (input) => tf.argMax(input!, 1),
    value: () => reduce(x, [1], (values) => values.indexOf(max(values))),
  });
}

function sumOfNothing(): ConformanceCase {
  const x: ReferenceArray = { shape: [0, 3], data: new Float64Array(0), dtype: 'float32' };
  return conformanceCase({
    family: 'reduction',
    name: 'sum over an axis of no elements is zero',
    tags: ['zero-sized'],
    inputs: [x],
    run: (input) => tf.sum(input!, 0),
    value: () => reduce(x, [0], sum),
  });
}

function infiniteCase({ name, run, value }: Reduction): ConformanceCase {
  const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
  const x: ReferenceArray = {
    shape: [4, 3],
    data: Float64Array.of(1, 2, 3, nan, 1, 2, inf, 1, -1, inf, -inf, 0),
    dtype: 'float32',
  };
  return conformanceCase({
    family: 'reduction',
    name: `${name} non-finite`,
    tags: ['non-finite'],
    inputs: [x],
    run: (input) => run(input!, [1]),
    value: () => reduce(x, [1], value),
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function max(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
}

function min(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}

/** 1 at the extreme, 0 elsewhere. */
function indicator(values: readonly number[], extreme: number): number[] {
  return values.map((value) => (value === extreme ? 1 : 0));
}
