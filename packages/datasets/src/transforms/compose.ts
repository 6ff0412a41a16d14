import type { ImageShape } from '@cnn/core';
import { SampleRandom } from '../random/sample-random.ts';
import { floatImage } from './to-float.ts';
import type { Image, Transform } from './transform.ts';

/** Transforms one after the other, as one. */
export function compose(transforms: readonly Transform[]): Transform {
  return {
    name: `compose(${transforms.map(({ name }) => name).join(', ')})`,
    pointwise: transforms.every(({ pointwise }) => pointwise === true),
    outputShape: (input) =>
      transforms.reduce<ImageShape | null>((shape, transform) => transform.outputShape(shape), input),
    apply: (image, random) => transforms.reduce((result, transform) => transform.apply(result, random), image),
  };
}

/**
 * The values that a chain of pointwise transforms gives for bytes, `[channels, 256]`: made by applying the chain
 * itself to an image of all bytes, so that the table cannot differ from it.
 */
export function byteTable(transforms: readonly Transform[], channels: number): Float32Array {
  const pixels = Uint8Array.from({ length: 256 * channels }, (_, i) => Math.floor(i / channels));
  const all: Image = { pixels, shape: [1, 256, channels] };
  const { pixels: values } = floatImage(compose(transforms).apply(all, new SampleRandom(0)));
  const table = new Float32Array(channels * 256);
  for (let channel = 0; channel < channels; channel++) {
    for (let byte = 0; byte < 256; byte++) table[channel * 256 + byte] = values[byte * channels + channel]!;
  }
  return table;
}
