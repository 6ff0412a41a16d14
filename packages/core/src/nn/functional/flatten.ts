import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';

/**
 * Images `[N, H, W, C]` to `[N, C·H·W]` in PyTorch's (C, H, W) order, so that the weights of a `Linear` behind it mean
 * what PyTorch's do. Other shapes `[N, ...]` to `[N, product]`.
 */
export function flatten(x: Tensor): Tensor {
  const [n = 1, ...rest] = x.shape;
  const features = rest.reduce((product, side) => product * side, 1);
  const [h, w, c] = rest;
  // Without channels, or without pixels, both orders are the same and nothing moves.
  const sameOrder = rest.length !== 3 || c === 1 || h! * w! === 1;
  return reshape(sameOrder ? x : transpose(x, [0, 3, 1, 2]), [n, features]);
}
