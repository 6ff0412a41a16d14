import type { ImageShape } from '@cnn/core';
import type { SampleRandom } from '../random/sample-random.ts';

/** An image on the host: bytes 0..255, or floats, in HWC order. */
export interface Image {
  /** Row-major, `H * W * C` values. */
  readonly pixels: Uint8Array | Float32Array;
  /** `[H, W, C]`. */
  readonly shape: ImageShape;
}

/**
 * A function of one image. Transforms never write to the image that they are given: it may be a view of the data set.
 */
export interface Transform {
  /** For messages: the function that made it. */
  readonly name: string;
  /**
   * True when each output value depends on the input value at the same place and its channel alone, and the shape
   * stays. A loader turns a chain of such transforms of bytes into a table of 256 entries a channel.
   */
  readonly pointwise?: boolean;
  /**
   * Shape of the result, before any pixel is touched; `null` for an unknown shape.
   *
   * @throws CnnError `invalid-shape` when the transform cannot be applied to such an image.
   */
  outputShape(input: ImageShape | null): ImageShape | null;
  /**
   * The transformed image; the given one where nothing is to be done.
   *
   * @param random Stream of this sample, this epoch and this transform; only augmentations draw from it.
   */
  apply(image: Image, random: SampleRandom): Image;
}
