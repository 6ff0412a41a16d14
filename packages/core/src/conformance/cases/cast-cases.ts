import * as tf from '@tensorflow/tfjs-core';
import { type ConformanceCase, conformanceCase } from '../conformance-case.ts';
import { arrayOf, mapArrays, type ReferenceArray } from '../reference-array.ts';

/** Conversions between dtypes. */
export function castCases(): ConformanceCase[] {
  const floats = arrayOf([6], [0, 1, -1.75, 2.5, -0.25, 1e6]);
  const integers = arrayOf([4], [0, -3, 1, 70_000], 'int32');
  const booleans = arrayOf([3], [0, 1, 1], 'bool');
  const cast = (
    name: string,
    x: ReferenceArray,
    run: (x: tf.Tensor) => tf.Tensor,
    f: (v: number) => number,
  ): ConformanceCase =>
    conformanceCase({
      family: 'rearrange',
      name,
      inputs: [x],
      run: (input) => run(input!),
      value: () => mapArrays(f, x),
    });
  return [
    cast('cast float32 to int32', floats, (x) => tf.cast(x, 'int32'), Math.trunc),
    cast(
      'cast float32 to bool',
      floats,
      (x) => tf.cast(x, 'bool'),
      (v) => (v === 0 ? 0 : 1),
    ),
    cast(
      'cast int32 to float32',
      integers,
      (x) => tf.cast(x, 'float32'),
      (v) => v,
    ),
    cast(
      'cast int32 to bool',
      integers,
      (x) => tf.cast(x, 'bool'),
      (v) => (v === 0 ? 0 : 1),
    ),
    cast(
      'cast bool to float32',
      booleans,
      (x) => tf.cast(x, 'float32'),
      (v) => v,
    ),
  ];
}
