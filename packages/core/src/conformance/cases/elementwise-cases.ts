import * as tf from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { broadcast, sumToShape } from '../reference/broadcast-reference.ts';
import { mapArrays, type ReferenceArray } from '../reference-array.ts';

interface BinaryFunction {
  readonly name: string;
  readonly run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  readonly value: (a: number, b: number) => number;
  /** Derivatives by a and by b. */
  readonly derivatives: readonly [(a: number, b: number) => number, (a: number, b: number) => number];
}

const FUNCTIONS: readonly BinaryFunction[] = [
  { name: 'add', run: tf.add, value: (a, b) => a + b, derivatives: [() => 1, () => 1] },
  { name: 'sub', run: tf.sub, value: (a, b) => a - b, derivatives: [() => 1, () => -1] },
  { name: 'mul', run: tf.mul, value: (a, b) => a * b, derivatives: [(_, b) => b, (a) => a] },
  { name: 'div', run: tf.div, value: (a, b) => a / b, derivatives: [(_, b) => 1 / b, (a, b) => -a / (b * b)] },
  {
    name: 'maximum',
    run: tf.maximum,
    value: Math.max,
    derivatives: [(a, b) => (a >= b ? 1 : 0), (a, b) => (a < b ? 1 : 0)],
  },
  {
    name: 'minimum',
    run: tf.minimum,
    value: Math.min,
    derivatives: [(a, b) => (a <= b ? 1 : 0), (a, b) => (a > b ? 1 : 0)],
  },
  {
    name: 'squaredDifference',
    run: tf.squaredDifference,
    value: (a, b) => (a - b) ** 2,
    derivatives: [(a, b) => 2 * (a - b), (a, b) => 2 * (b - a)],
  },
];

const SHAPES: readonly (readonly [readonly number[], readonly number[], ConformanceTag?])[] = [
  [[], []],
  [
    [2, 3, 4, 5],
    [2, 3, 4, 5],
  ],
  [[2, 3, 4, 5], []],
  [[], [3, 7]],
  [[2, 3, 3, 6], [6]],
  [[13], [4, 13]],
  [
    [4, 1, 5],
    [3, 1],
  ],
  [
    [2, 1, 3, 1],
    [1, 4, 1, 5],
  ],
  [
    [5, 3],
    [5, 1],
  ],
  [[0, 3], [3], 'zero-sized'],
  [[16, 14, 14, 16], [16], 'large'],
  [[50_001], [50_001], 'large'],
];

/** Arithmetic on two tensors with broadcasting, and the sum of many. */
export function elementwiseCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 901);
  return [
    ...FUNCTIONS.flatMap((tested) => [
      ...SHAPES.map(([a, b, tag]) => {
        const inputs = { a: random.uniform(a, -2, 2), b: awayFromZero(random.uniform(b, -2, 2)) };
        return binaryCase(tested, inputs, tag ? [tag] : []);
      }),
      nonFiniteCase(tested, random),
    ]),
    addNCase(random, 1),
    addNCase(random, 2),
    addNCase(random, 5),
  ];
}

function binaryCase(
  { name, run, value, derivatives }: BinaryFunction,
  { a, b }: { a: ReferenceArray; b: ReferenceArray },
  tags: readonly ConformanceTag[],
): ConformanceCase {
  return conformanceCase({
    family: 'elementwise',
    name: [name, `[${a.shape}] [${b.shape}]`, ...tags].join(' '),
    tags,
    inputs: [a, b],
    run: (x, y) => run(x!, y!),
    value: () => broadcast(value, a, b),
    gradient: (dy) =>
      derivatives.map((derivative, i) => {
        const scaled = mapArrays((g, slope) => g * slope, dy, broadcast(derivative, a, b));
        return sumToShape(scaled, i === 0 ? a.shape : b.shape);
      }),
  });
}

/** Value only: what a gradient is at infinity is nobody's contract. */
function nonFiniteCase({ name, run, value }: BinaryFunction, random: CaseRandom): ConformanceCase {
  const a = random.withNonFinite(random.uniform([3, 14]));
  const b = random.withNonFinite(random.uniform([3, 14]));
  return conformanceCase({
    family: 'elementwise',
    name: `${name} non-finite`,
    tags: ['non-finite'],
    inputs: [a, b],
    run: (x, y) => run(x!, y!),
    value: () => broadcast(value, a, b),
  });
}

function addNCase(random: CaseRandom, count: number): ConformanceCase {
  const inputs = Array.from({ length: count }, () => random.uniform([3, 5, 7]));
  return conformanceCase({
    family: 'elementwise',
    name: `addN of ${count}`,
    inputs,
    run: (...tensors) => tf.addN(tensors),
    value: () =>
      mapArrays((...values) => values.reduce((sum, value) => sum + value, 0), inputs[0]!, ...inputs.slice(1)),
  });
}

function awayFromZero(array: ReferenceArray): ReferenceArray {
  return mapArrays((value) => Math.fround(value + Math.sign(value) * 0.25), array);
}
