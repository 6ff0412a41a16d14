import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../index.ts';

const COUNT = 30_000;

/** Values evenly spread from low to high, as float32. */
function spread(low: number, high: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, i) => low + ((high - low) * i) / (COUNT - 1));
}

/** Values from 2^low to 2^high with evenly spread exponents. */
function spreadExponents(low: number, high: number, sign = 1): Float32Array {
  return spread(low, high).map((exponent) => sign * 2 ** exponent);
}

/** Distance from one float32 to the next at `value`. */
function unitInLastPlace(value: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -126);
  return 2 ** (exponent - 23);
}

/** Greatest distance from the true values, in units in their last place. */
function worstUnits(x: Float32Array, run: (x: tf.Tensor) => tf.Tensor, truth: (x: number) => number): number {
  const y = tf.tidy(() => run(tf.tensor1d(x)).dataSync());
  return x.reduce((worst, value, i) => {
    const expected = truth(value);
    return Math.max(worst, Math.abs(y[i]! - expected) / unitInLastPlace(expected));
  }, 0);
}

function softSigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

describe('functions of one element', () => {
  beforeAll(async () => {
    registerSimdBackend({ threads: 1 });
    await tf.setBackend('simd');
  });

  it.each<
    [name: string, x: Float32Array, run: (x: tf.Tensor) => tf.Tensor, truth: (x: number) => number, units: number]
  >([
    ['exp', spread(-87, 88.7), tf.exp, Math.exp, 1.5],
    ['exp of denormals', spread(-103, -87), tf.exp, Math.exp, 1.5],
    ['exp near zero', spreadExponents(-30, -1), tf.exp, Math.exp, 1],
    ['log', spreadExponents(-126, 127.9), tf.log, Math.log, 1.5],
    ['log of denormals', spreadExponents(-148, -126), tf.log, Math.log, 1.5],
    ['log near one', spread(0.5, 2), tf.log, Math.log, 1.5],
    ['tanh', spread(-10, 10), tf.tanh, Math.tanh, 2.5],
    ['tanh near zero', spreadExponents(-100, -1, -1), tf.tanh, Math.tanh, 2.5],
    ['sigmoid', spread(-87, 20), tf.sigmoid, softSigmoid, 2.5],
    ['elu', spread(-20, 4), tf.elu, (x) => (x >= 0 ? x : Math.expm1(x)), 1.5],
    ['elu near zero', spreadExponents(-100, -1, -1), tf.elu, Math.expm1, 1.5],
    ['sqrt', spreadExponents(-126, 127), tf.sqrt, Math.sqrt, 0.51],
    ['rsqrt', spreadExponents(-126, 127), tf.rsqrt, (x) => 1 / Math.sqrt(x), 1.5],
  ])('%s is as exact as float32 allows', (_, x, run, truth, units) => {
    expect(worstUnits(x, run, truth)).toBeLessThanOrEqual(units);
  });

  it('keep NaN and find the limits', () => {
    const x = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    const of = (run: (x: tf.Tensor) => tf.Tensor): number[] => tf.tidy(() => [...run(tf.tensor1d(x)).dataSync()]);
    expect(of(tf.exp)).toEqual([Number.NaN, Number.POSITIVE_INFINITY, 0, 1]);
    expect(of(tf.log)).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY]);
    expect(of(tf.tanh)).toEqual([Number.NaN, 1, -1, 0]);
    expect(of(tf.sigmoid)).toEqual([Number.NaN, 1, 0, 0.5]);
    expect(of(tf.elu)).toEqual([Number.NaN, Number.POSITIVE_INFINITY, -1, 0]);
    expect(of(tf.relu6)).toEqual([Number.NaN, 6, 0, 0]);
    expect(of((t) => tf.step(t))).toEqual([Number.NaN, 1, 0, 0]);
  });

  it('write nothing behind their result', () => {
    const sizes = [1, 2, 3, 5, 17, 4095, 4097];
    const neighbours = sizes.map(() => tf.fill([16], 7));
    const results = sizes.map((size) => tf.neg(tf.ones([size])));
    for (const neighbour of neighbours) expect(neighbour.dataSync().every((value) => value === 7)).toBe(true);
    for (const result of results) expect(result.dataSync().every((value) => value === -1)).toBe(true);
    tf.dispose([neighbours, results]);
  });
});
