import * as tf from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, conformanceCase } from '../conformance-case.ts';
import { broadcast, sumToShape } from '../reference/broadcast-reference.ts';
import { arrayOf, mapArrays, type ReferenceArray } from '../reference-array.ts';

interface UnaryFunction {
  readonly name: string;
  readonly run: (x: tf.Tensor) => tf.Tensor;
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  /** Inputs are drawn from here. */
  readonly range: readonly [low: number, high: number];
  /** Further inputs, beside NaN and the infinities. */
  readonly edges?: readonly number[];
}

const ALPHA = 0.2;

const FUNCTIONS: readonly UnaryFunction[] = [
  { name: 'relu', run: tf.relu, value: (x) => Math.max(x, 0), derivative: (x) => step(x), range: [-3, 3], edges: [0] },
  {
    name: 'relu6',
    run: tf.relu6,
    value: (x) => Math.min(Math.max(x, 0), 6),
    derivative: (x) => (x <= 6 ? step(x) : 0),
    range: [-3, 9],
  },
  {
    name: 'leakyRelu',
    run: (x) => tf.leakyRelu(x, ALPHA),
    value: (x) => (x > 0 ? x : ALPHA * x),
    derivative: (x) => (x > 0 ? 1 : ALPHA),
    range: [-3, 3],
    edges: [0],
  },
  {
    name: 'elu',
    run: tf.elu,
    value: (x) => (x >= 0 ? x : Math.expm1(x)),
    derivative: (x) => (x >= 0 ? 1 : Math.exp(x)),
    range: [-9, 3],
  },
  {
    name: 'sigmoid',
    run: tf.sigmoid,
    value: sigmoid,
    derivative: (x) => sigmoid(x) * sigmoid(-x),
    range: [-15, 15],
    edges: [0, -80],
  },
  {
    name: 'tanh',
    run: tf.tanh,
    value: Math.tanh,
    derivative: (x) => 1 - Math.tanh(x) ** 2,
    range: [-4, 4],
    edges: [0, 1e-4, -20, 20],
  },
  { name: 'exp', run: tf.exp, value: Math.exp, derivative: Math.exp, range: [-20, 20], edges: [0, 80, -80] },
  { name: 'log', run: tf.log, value: Math.log, derivative: (x) => 1 / x, range: [0.01, 50], edges: [1, 1e-20, 1e20] },
  { name: 'sqrt', run: tf.sqrt, value: Math.sqrt, derivative: (x) => 0.5 / Math.sqrt(x), range: [0.01, 50] },
  {
    name: 'rsqrt',
    run: tf.rsqrt,
    value: (x) => 1 / Math.sqrt(x),
    derivative: (x) => -0.5 * x ** -1.5,
    range: [0.01, 50],
  },
  { name: 'square', run: tf.square, value: (x) => x * x, derivative: (x) => 2 * x, range: [-5, 5] },
  { name: 'neg', run: tf.neg, value: (x) => -x, derivative: () => -1, range: [-5, 5] },
  { name: 'abs', run: tf.abs, value: Math.abs, derivative: (x) => Math.sign(x), range: [-5, 5] },
  { name: 'step', run: (x) => tf.step(x), value: step, derivative: () => 0, range: [-5, 5], edges: [0] },
];

/** Functions of one element: value and derivative over their range, at the edges, and for NaN and infinities. */
export function activationCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 701);
  return [
    ...FUNCTIONS.flatMap((tested) => {
      const edges = [...(tested.edges ?? []), ...tested.range];
      return [
        unaryCase(tested, random.uniform([2, 3, 3, 7], ...tested.range)),
        unaryCase(tested, arrayOf([edges.length], Float32Array.from(edges)), 'at its edges'),
        unaryCase(tested, random.uniform([40_003], ...tested.range), 'large'),
        unaryCase(tested, random.uniform([0, 3], ...tested.range), 'zero-sized'),
        nonFiniteCase(tested),
      ];
    }),
    preluCase(random, [2, 3, 3, 5], [5]),
    preluCase(random, [2, 3, 4, 5], [3, 4, 5]),
    preluCase(random, [3, 8], [1]),
  ];
}

function unaryCase({ name, run, value, derivative }: UnaryFunction, x: ReferenceArray, what = ''): ConformanceCase {
  return conformanceCase({
    family: 'activation',
    name: `${name} [${x.shape}] ${what}`.trim(),
    tags: what === 'large' || what === 'zero-sized' ? [what] : [],
    comparison: 'each',
    inputs: [x],
    run: (input) => run(input!),
    value: () => mapArrays(value, x),
    gradient: (dy) => [mapArrays((g, v) => g * derivative(v), dy, x)],
  });
}

/** Value only: what a gradient is at infinity is nobody's contract. */
function nonFiniteCase({ name, run, value }: UnaryFunction): ConformanceCase {
  const x = arrayOf([7], [Number.NaN, 1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, Number.NaN, 0.5]);
  return conformanceCase({
    family: 'activation',
    name: `${name} non-finite`,
    tags: ['non-finite'],
    comparison: 'each',
    inputs: [x],
    run: (input) => run(input!),
    value: () => mapArrays((v) => (Number.isNaN(v) ? v : value(v)), x),
  });
}

function preluCase(random: CaseRandom, shape: readonly number[], alphaShape: readonly number[]): ConformanceCase {
  const [x, alpha] = [random.uniform(shape, -3, 3), random.uniform(alphaShape, 0, 0.5)];
  return conformanceCase({
    family: 'activation',
    name: `prelu [${shape}] [${alphaShape}]`,
    inputs: [x, alpha],
    run: (input, slope) => tf.prelu(input!, slope!),
    value: () => broadcast((v, a) => (v >= 0 ? v : a * v), x, alpha),
    gradient: (dy) => {
      const slopes = broadcast((v, a) => (v > 0 ? 1 : a), x, alpha);
      const dalpha = mapArrays((g, v) => (v > 0 ? 0 : g * v), dy, x);
      return [mapArrays((g, slope) => g * slope, dy, slopes), sumToShape(dalpha, alphaShape)];
    },
  });
}

function step(x: number): number {
  return Number.isNaN(x) ? x : x > 0 ? 1 : 0;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
