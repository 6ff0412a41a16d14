import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import type { Generator } from '../../random/generator.ts';

/**
 * Zeroes entries of `x` with probability `p` and scales the others by `1/(1 − p)`.
 *
 * @param maskShape Shape of the mask, which broadcasts over `x`: `[N, 1, 1, C]` drops whole channels of images.
 */
export function dropout(
  x: Tensor,
  p: number,
  { generator, maskShape = x.shape }: { generator: Generator; maskShape?: number[] },
): Tensor {
  if (p === 0) return x.clone();
  const mask = generator.bernoulli(
    maskShape.reduce((product, side) => product * side, 1),
    1 - p,
  );
  const scale = p < 1 ? 1 / (1 - p) : 0;
  return mul(
    x,
    tensor(
      mask.map((kept) => kept * scale),
      maskShape,
    ),
  );
}

/** `p`, checked. @throws CnnError `invalid-argument` when it is no probability. */
export function dropProbability(p: number, where: string): number {
  if (p >= 0 && p <= 1) return p;
  throw new CnnError('invalid-argument', {
    where,
    expected: 'a probability from 0 to 1',
    received: String(p),
    remedy: 'Pass the share of entries to drop, for example 0.5',
  });
}
