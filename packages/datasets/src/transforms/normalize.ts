import { CnnError, type ImageShape } from '@cnn/core';
import { floatImage } from './to-float.ts';
import type { Transform } from './transform.ts';

/** Mean and standard deviation of each channel, or one for all. */
export interface NormalizeOptions {
  /** Subtracted from each channel of pixels in 0..1; one value serves all channels. */
  readonly mean: readonly number[];
  /** What each channel is then divided by; not 0. */
  readonly std: readonly number[];
}

/**
 * `(x - mean) / std` a channel, in float32 as torchvision's `Normalize`, bit for bit; bytes are divided by 255 first.
 *
 * @throws CnnError `invalid-argument` on an empty list, lists of different lengths, or a deviation that is not positive.
 */
export function normalize({ mean, std }: NormalizeOptions): Transform {
  check(mean, std);
  const means = Float32Array.from(mean);
  const deviations = Float32Array.from(std);
  return {
    name: 'normalize',
    pointwise: true,
    outputShape: (input) => {
      if (input) checkChannels(input, means.length);
      return input;
    },
    apply(image) {
      checkChannels(image.shape, means.length);
      const input = floatImage(image).pixels;
      const output = new Float32Array(input.length);
      const channels = image.shape[2];
      for (let channel = 0; channel < channels; channel++) {
        const center = means[means.length === 1 ? 0 : channel]!;
        const deviation = deviations[means.length === 1 ? 0 : channel]!;
        // The difference is rounded to float32 before the division, as in PyTorch; the store rounds the quotient.
        for (let i = channel; i < input.length; i += channels) output[i] = Math.fround(input[i]! - center) / deviation;
      }
      return { pixels: output, shape: image.shape };
    },
  };
}

function check(mean: readonly number[], std: readonly number[]): void {
  const valid = mean.length > 0 && mean.length === std.length && mean.every(Number.isFinite) && std.every((s) => s > 0);
  if (valid) return;
  throw new CnnError('invalid-argument', {
    where: 'normalize',
    expected: 'a mean and a positive standard deviation for each channel',
    received: `mean [${mean.join(', ')}], std [${std.join(', ')}]`,
    remedy: 'Pass lists of the same length, for example { mean: [0.1307], std: [0.3081] }',
  });
}

function checkChannels(shape: ImageShape, count: number): void {
  if (count === 1 || count === shape[2]) return;
  throw new CnnError('invalid-shape', {
    where: 'normalize',
    expected: `an image of ${count} channels`,
    received: `${shape[2]} (shape [${shape.join(', ')}])`,
    remedy: `Pass a mean and a deviation for each of the ${shape[2]} channels, or one for all`,
  });
}
