import { arrayOf, type ReferenceArray, zerosArray } from '../reference-array.ts';

/** Arrays `[C]` by which the channels of `x` `[..., C]` are normalised. */
export interface ChannelStatistics {
  readonly mean: ReferenceArray;
  readonly variance: ReferenceArray;
}

/** `(x - mean) / sqrt(variance + epsilon) * scale + offset` in each channel. */
export function batchNorm(
  x: ReferenceArray,
  affine: { scale: ReferenceArray; offset: ReferenceArray; epsilon: number },
  { mean, variance }: ChannelStatistics,
): ReferenceArray {
  const channels = mean.data.length;
  const y = zerosArray(x.shape);
  x.data.forEach((value, i) => {
    const c = i % channels;
    const normalised = (value - mean.data[c]!) / Math.sqrt(variance.data[c]! + affine.epsilon);
    y.data[i] = normalised * affine.scale.data[c]! + affine.offset.data[c]!;
  });
  return y;
}

/** Mean and biased variance of each channel. */
export function channelStatistics(x: ReferenceArray): ChannelStatistics {
  const mean = channelSums(x, (value) => value);
  const count = x.data.length / mean.data.length;
  mean.data.forEach((sum, c) => {
    mean.data[c] = sum / count;
  });
  const variance = channelSums(x, (value, c) => (value - mean.data[c]!) ** 2);
  variance.data.forEach((sum, c) => {
    variance.data[c] = sum / count;
  });
  return { mean, variance };
}

/** Gradients of {@link batchNorm} by fixed statistics, each of which is an input too. */
export function batchNormGradients(
  dy: ReferenceArray,
  x: ReferenceArray,
  { scale, epsilon, mean, variance }: ChannelStatistics & { scale: ReferenceArray; epsilon: number },
): {
  dx: ReferenceArray;
  dmean: ReferenceArray;
  dvariance: ReferenceArray;
  dscale: ReferenceArray;
  doffset: ReferenceArray;
} {
  const inverseStd = arrayOf(
    variance.shape,
    variance.data.map((value) => 1 / Math.sqrt(value + epsilon)),
  );
  const channels = mean.data.length;
  const dx = zerosArray(x.shape);
  dy.data.forEach((value, i) => {
    const c = i % channels;
    dx.data[i] = value * scale.data[c]! * inverseStd.data[c]!;
  });
  const doffset = channelSums(dy, (value) => value);
  const dscale = channelSums(dy, (value, c, i) => value * (x.data[i]! - mean.data[c]!) * inverseStd.data[c]!);
  const dmean = channelSums(dx, (value) => -value);
  const dvariance = channelSums(
    dy,
    (value, c, i) => -0.5 * value * scale.data[c]! * (x.data[i]! - mean.data[c]!) * inverseStd.data[c]! ** 3,
  );
  return { dx, dmean, dvariance, dscale, doffset };
}

/** Gradients of {@link batchNorm} by the batch's own statistics, which depend on `x`. */
export function batchNormTrainingGradients(
  dy: ReferenceArray,
  x: ReferenceArray,
  { scale, epsilon }: { scale: ReferenceArray; epsilon: number },
): { dx: ReferenceArray; dscale: ReferenceArray; doffset: ReferenceArray } {
  const { mean, variance } = channelStatistics(x);
  const fixed = batchNormGradients(dy, x, { scale, epsilon, mean, variance });
  const channels = mean.data.length;
  const count = x.data.length / channels;
  const dx = zerosArray(x.shape);
  fixed.dx.data.forEach((value, i) => {
    const c = i % channels;
    const centred = x.data[i]! - mean.data[c]!;
    dx.data[i] = value + (fixed.dmean.data[c]! + 2 * centred * fixed.dvariance.data[c]!) / count;
  });
  return { dx, dscale: fixed.dscale, doffset: fixed.doffset };
}

function channelSums(
  x: ReferenceArray,
  term: (value: number, channel: number, index: number) => number,
): ReferenceArray {
  const sums = zerosArray([x.shape.at(-1)!]);
  const channels = sums.data.length;
  x.data.forEach((value, i) => {
    sums.data[i % channels]! += term(value, i % channels, i);
  });
  return sums;
}
