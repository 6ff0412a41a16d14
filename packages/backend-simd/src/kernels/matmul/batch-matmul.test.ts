import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../index.ts';

function values(size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => Math.sin(i * 12.9898 + size));
}

describe('matrix products', () => {
  beforeAll(async () => {
    registerSimdBackend();
    await tf.setBackend('simd');
  });

  it.each([
    [64, 313, 128],
    [3, 600, 10],
    [1, 17, 5],
    [7, 1, 21],
    [130, 64, 50],
    [2, 0, 3],
    [0, 4, 3],
  ])('agree with float64 for %i x %i x %i and all transposes', (rows, depth, columns) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = values(rows * depth);
        const b = values(depth * columns);
        const product = tf.tidy(() =>
          tf
            .matMul(
              tf.tensor2d(a, transposeA ? [depth, rows] : [rows, depth]),
              tf.tensor2d(b, transposeB ? [columns, depth] : [depth, columns]),
              transposeA,
              transposeB,
            )
            .dataSync(),
        );
        const expected = Float64Array.from({ length: rows * columns }, (_, i) => {
          const row = Math.floor(i / columns);
          const column = i % columns;
          let sum = 0;
          let magnitude = 0;
          for (let k = 0; k < depth; k++) {
            const term =
              a[transposeA ? k * rows + row : row * depth + k]! *
              b[transposeB ? column * depth + k : k * columns + column]!;
            sum += term;
            magnitude += Math.abs(term);
          }
          expect(Math.abs(sum - product[i]!)).toBeLessThanOrEqual(2e-6 * magnitude);
          return sum;
        });
        expect(product.length).toBe(expected.length);
      }
    }
  });

  it('round a long sum as a short one: blocks are summed apart', () => {
    const [rows, depth, columns] = [8, 4096, 16];
    const a = tf.randomUniform([rows * depth], 0, 1, 'float32', 1).dataSync();
    const b = tf.randomUniform([depth * columns], 0, 1, 'float32', 2).dataSync();
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor2d(a, [rows, depth]), tf.tensor2d(b, [depth, columns])).dataSync(),
    );
    let errors = 0;
    let squares = 0;
    for (const [i, value] of product.entries()) {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += a[Math.floor(i / columns) * depth + k]! * b[k * columns + (i % columns)]!;
      errors += (value - sum) ** 2;
      squares += sum ** 2;
    }
    // One sum from end to end would be 9e-7 off.
    expect(Math.sqrt(errors / squares)).toBeLessThan(2e-7);
  });

  it('broadcast batches', () => {
    const a = tf.tensor(values(2 * 3 * 4), [2, 1, 3, 4]);
    const b = tf.tensor(values(5 * 4 * 2), [5, 4, 2]);
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 5, 3, 2]);
    const one = tf.matMul(tf.reshape(tf.slice(a, [1], [1]), [3, 4]), tf.reshape(tf.slice(b, [3], [1]), [4, 2]));
    const same = tf.reshape(tf.slice(product, [1, 3], [1, 1]), [3, 2]);
    expect([...same.dataSync()]).toEqual([...one.dataSync()]);
    tf.dispose([a, b, product, one, same]);
  });
});
