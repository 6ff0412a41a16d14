import { pad, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';

/** Puts `step − 1` zeros between the entries along `axis`: a side of `n` becomes `step·(n − 1) + 1`. */
export function spreadAxis(tensor: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return tensor;
  const [outer, n, inner] = aroundAxis(tensor.shape, axis);
  const apart = pad(reshape(tensor, [outer * n, 1, inner]), [noPadding, [0, step - 1], noPadding]);
  const side = step * (n - 1) + 1;
  const spread = slice(reshape(apart, [outer, n * step, inner]), [0, 0, 0], [outer, side, inner]);
  return reshape(spread, withSide(tensor.shape, axis, side));
}

/** Keeps every `step`-th entry along `axis`, from the first on. */
export function sampleAxis(tensor: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return tensor;
  const [outer, side, inner] = aroundAxis(tensor.shape, axis);
  const n = Math.ceil(side / step);
  const full = pad(reshape(tensor, [outer, side, inner]), [noPadding, [0, n * step - side], noPadding]);
  const sampled = slice(reshape(full, [outer * n, step, inner]), [0, 0, 0], [outer * n, 1, inner]);
  return reshape(sampled, withSide(tensor.shape, axis, n));
}

const noPadding: [number, number] = [0, 0];

/** Elements before, along and behind `axis`: rank 3 is what every backend can pad and slice. */
function aroundAxis(shape: readonly number[], axis: number): [outer: number, side: number, inner: number] {
  const product = (sides: readonly number[]): number => sides.reduce((a, b) => a * b, 1);
  return [product(shape.slice(0, axis)), shape[axis]!, product(shape.slice(axis + 1))];
}

function withSide(shape: readonly number[], axis: number, side: number): number[] {
  return shape.map((old, i) => (i === axis ? side : old));
}
