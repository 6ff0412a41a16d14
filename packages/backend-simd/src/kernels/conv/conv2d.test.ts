import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../index.ts';
import { type Conv2DAttrs, conv2DGeometry } from './conv2d-geometry.ts';

interface Case {
  readonly x: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly attrs: Conv2DAttrs;
}

const CASES: readonly Case[] = [
  { x: [2, 6, 7, 3], filter: [3, 3, 3, 5], attrs: { strides: 1, pad: 'same' } },
  { x: [3, 9, 8, 1], filter: [3, 3, 1, 32], attrs: { strides: 1, pad: 1 } },
  { x: [2, 14, 14, 32], filter: [3, 3, 32, 64], attrs: { strides: 1, pad: 1 } },
  { x: [2, 11, 10, 6], filter: [5, 5, 6, 16], attrs: { strides: 1, pad: 'valid' } },
  { x: [2, 12, 13, 4], filter: [3, 2, 4, 20], attrs: { strides: 2, pad: 'same' } },
  { x: [1, 13, 12, 20], filter: [3, 3, 20, 10], attrs: { strides: [2, 3], pad: 1 } },
  { x: [2, 12, 13, 16], filter: [3, 3, 16, 50], attrs: { strides: 1, pad: 'same', dilations: 2 } },
  { x: [1, 9, 9, 17], filter: [3, 3, 17, 13], attrs: { strides: 1, pad: 'valid', dilations: [1, 3] } },
  { x: [4, 7, 5, 18], filter: [1, 1, 18, 7], attrs: { strides: 1, pad: 0 } },
  { x: [4, 7, 5, 18], filter: [1, 1, 18, 7], attrs: { strides: 2, pad: 0 } },
  { x: [4, 9, 11, 18], filter: [3, 3, 18, 22], attrs: { strides: 1, pad: 'valid' } },
  { x: [5, 7, 7, 70], filter: [3, 3, 70, 84], attrs: { strides: 1, pad: 1 } },
  { x: [3, 40, 9, 5], filter: [3, 3, 5, 18], attrs: { strides: [2, 1], pad: 1 } },
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], attrs: { strides: 1, pad: 0 } },
  { x: [1, 1, 1, 2], filter: [3, 3, 2, 3], attrs: { strides: 1, pad: 1 } },
  { x: [1, 5, 5, 2], filter: [2, 2, 2, 3], attrs: { strides: 4, pad: 0 } },
  { x: [1, 7, 7, 3], filter: [3, 3, 3, 2], attrs: { strides: 3, pad: 1, dilations: 2 } },
  { x: [1, 8, 8, 2], filter: [7, 7, 2, 9], attrs: { strides: 2, pad: 3 } },
  {
    x: [1, 5, 6, 2],
    filter: [3, 3, 2, 3],
    attrs: {
      strides: 1,
      pad: [
        [0, 0],
        [2, 0],
        [0, 3],
        [0, 0],
      ],
    },
  },
];

function random(shape: number[], seed: number): tf.Tensor4D {
  let state = seed;
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return tf.tensor4d(values, shape as [number, number, number, number]);
}

/** Largest difference, relative to the largest element. */
function relativeError(actual: tf.Tensor, expected: Float64Array): number {
  const values = actual.dataSync();
  let largest = 1e-30;
  let difference = 0;
  for (const [i, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - values[i]!));
  }
  return values.length === expected.length ? difference / largest : Number.POSITIVE_INFINITY;
}

/** Value and both gradients (for the upstream gradient `dy`) in float64, straight from the definition. */
function reference(test: Case, x: ArrayLike<number>, w: ArrayLike<number>, dy: ArrayLike<number>) {
  const info = conv2DGeometry(test.x, test.filter, test.attrs);
  const y = new Float64Array(tf.util.sizeFromShape(info.outShape));
  const dx = new Float64Array(x.length);
  const dw = new Float64Array(w.length);
  const [n, height, width, channels] = test.x;
  const outs = info.outChannels;
  for (let b = 0; b < n; b++) {
    for (let oh = 0; oh < info.outHeight; oh++) {
      for (let ow = 0; ow < info.outWidth; ow++) {
        for (let kh = 0; kh < info.filterHeight; kh++) {
          for (let kw = 0; kw < info.filterWidth; kw++) {
            const ih = oh * info.strideHeight + kh * info.dilationHeight - info.padInfo.top;
            const iw = ow * info.strideWidth + kw * info.dilationWidth - info.padInfo.left;
            if (ih < 0 || iw < 0 || ih >= height || iw >= width) continue;
            for (let c = 0; c < channels; c++) {
              const xi = ((b * height + ih) * width + iw) * channels + c;
              for (let k = 0; k < outs; k++) {
                const yi = ((b * info.outHeight + oh) * info.outWidth + ow) * outs + k;
                const wi = ((kh * info.filterWidth + kw) * channels + c) * outs + k;
                y[yi]! += x[xi]! * w[wi]!;
                dx[xi]! += dy[yi]! * w[wi]!;
                dw[wi]! += dy[yi]! * x[xi]!;
              }
            }
          }
        }
      }
    }
  }
  return { y, dx, dw };
}

describe('conv2d and its gradients', () => {
  beforeAll(async () => {
    registerSimdBackend();
    await tf.setBackend('simd');
  });

  it.each(CASES)('agree with float64 for $x, $filter, $attrs', (test) => {
    tf.tidy(() => {
      const x = random(test.x, 1);
      const filter = random(test.filter, 2);
      const attrs = { dataFormat: 'NHWC', dilations: 1, ...test.attrs };
      const y: tf.Tensor = tf.engine().runKernel('Conv2D', { x, filter }, attrs);
      const dy = random(y.shape, 3);
      const expected = reference(test, x.dataSync(), filter.dataSync(), dy.dataSync());
      expect(relativeError(y, expected.y)).toBeLessThan(1e-6);
      const dw: tf.Tensor = tf
        .engine()
        .runKernel('Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: test.filter });
      expect(relativeError(dw, expected.dw)).toBeLessThan(2e-6);
      const dx: tf.Tensor = tf
        .engine()
        .runKernel('Conv2DBackpropInput', { dy, filter }, { ...attrs, inputShape: test.x });
      expect(relativeError(dx, expected.dx)).toBeLessThan(1e-6);
    });
  });

  it.each([
    { x: [3, 9, 8, 1], filter: [3, 3, 1, 32], attrs: { strides: 1, pad: 1 } },
    { x: [2, 8, 9, 3], filter: [3, 3, 3, 18], attrs: { strides: 2, pad: 'same' } },
    { x: [1, 7, 7, 1], filter: [5, 5, 1, 5], attrs: { strides: 1, pad: 'valid' } },
  ] satisfies Case[])('round sums over a picture once: $x, $filter', (test) => {
    tf.tidy(() => {
      const x = random(test.x, 1);
      const filter = random(test.filter, 2);
      const attrs = { dataFormat: 'NHWC', dilations: 1, ...test.attrs };
      const y: tf.Tensor = tf.engine().runKernel('Conv2D', { x, filter }, attrs);
      const expected = reference(test, x.dataSync(), filter.dataSync(), new Float64Array(y.size)).y;
      expect([...y.dataSync()]).toEqual([...expected].map(Math.fround));
    });
  });

  it('keeps an infinity and a NaN to the taps that they belong to, in the gradient of a filter', () => {
    const test: Case = { x: [2, 13, 13, 16], filter: [3, 3, 16, 18], attrs: { strides: 1, pad: 1 } };
    tf.tidy(() => {
      const values = random(test.x, 1).dataSync();
      // The corner is in four taps of nine, the other pixel in all.
      values[3] = Number.POSITIVE_INFINITY;
      values[(13 * 13 + 20) * 16 + 5] = Number.NaN;
      const dy = random([2, 13, 13, 18], 2);
      const expected = reference(test, values, random(test.filter, 3).dataSync(), dy.dataSync()).dw;
      const attrs = { ...test.attrs, dataFormat: 'NHWC', dilations: 1, filterShape: test.filter };
      const dw: tf.Tensor = tf
        .engine()
        .runKernel('Conv2DBackpropFilter', { x: tf.tensor4d(values, test.x), dy }, attrs);
      const actual = dw.dataSync();
      expect([...actual].map(Number.isFinite)).toEqual([...expected].map(Number.isFinite));
      expect([...actual].filter(Number.isFinite).length).toBeGreaterThan(1500);
    });
  });

  afterAll(() => {
    expect(tf.memory().numTensors).toBe(0);
  });
});
