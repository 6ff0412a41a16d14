import { flatIndex, forEachIndex, type ReferenceArray, stridesOf, zerosArray } from '../reference-array.ts';

/** Applies `f` to the elements of two arrays whose shapes are broadcast as NumPy does. */
export function broadcast(f: (a: number, b: number) => number, a: ReferenceArray, b: ReferenceArray): ReferenceArray {
  const shape = broadcastShape(a.shape, b.shape);
  const [stridesA, stridesB] = [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)];
  const result = zerosArray(shape);
  forEachIndex(shape, (flat, at) => {
    result.data[flat] = f(a.data[flatIndex(at, stridesA)]!, b.data[flatIndex(at, stridesB)]!);
  });
  return result;
}

/** Adds up `gradient` over the axes along which an array of `shape` was broadcast. */
export function sumToShape(gradient: ReferenceArray, shape: readonly number[]): ReferenceArray {
  const strides = broadcastStrides(shape, gradient.shape);
  const sum = zerosArray(shape);
  forEachIndex(gradient.shape, (flat, at) => {
    sum.data[flatIndex(at, strides)]! += gradient.data[flat]!;
  });
  return sum;
}

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const sideA = a[i - rank + a.length] ?? 1;
    const sideB = b[i - rank + b.length] ?? 1;
    return sideA === 1 ? sideB : sideA;
  });
}

/** Strides of an array of `shape` along the axes of `target`: 0 where it is repeated. */
function broadcastStrides(shape: readonly number[], target: readonly number[]): number[] {
  const strides = stridesOf(shape);
  return target.map((_, axis) => {
    const own = axis - target.length + shape.length;
    return own < 0 || shape[own] === 1 ? 0 : strides[own]!;
  });
}
