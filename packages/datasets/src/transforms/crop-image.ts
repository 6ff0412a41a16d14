import { CnnError, type ImageShape } from '@cnn/core';
import type { Image } from './transform.ts';

/** A rectangle of an image, in pixels from its top left corner. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Cuts a rectangle out of an image; where it reaches beyond the image, it is filled. */
export function cropImage({ pixels, shape }: Image, rectangle: Rectangle, fill = 0): Image {
  const { top, left, height, width } = rectangle;
  const [inHeight, inWidth, channels] = shape;
  const size = height * width * channels;
  const result = pixels instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  if (fill !== 0) result.fill(fill);
  const firstColumn = Math.max(0, left);
  const lastColumn = Math.min(inWidth, left + width);
  if (firstColumn < lastColumn) {
    for (let row = Math.max(0, top); row < Math.min(inHeight, top + height); row++) {
      const start = (row * inWidth + firstColumn) * channels;
      const line = pixels.subarray(start, start + (lastColumn - firstColumn) * channels);
      result.set(line, ((row - top) * width + firstColumn - left) * channels);
    }
  }
  return { pixels: result, shape: [height, width, channels] };
}

/** A size as users give it: the side of a square, or `[height, width]`. */
export type Size = number | readonly [height: number, width: number];

/** @throws CnnError `invalid-argument` when a side is not a positive integer. */
export function sizeOf(size: Size, where: string): readonly [height: number, width: number] {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  for (const side of [height, width]) {
    if (Number.isInteger(side) && side > 0) continue;
    throw new CnnError('invalid-argument', {
      where,
      expected: 'a positive number of pixels, or [height, width]',
      received: JSON.stringify(size),
      remedy: `Pass a size, for example { ${where}: 224 }`,
    });
  }
  return [height, width];
}

/** The channels of a shape that may be unknown, with another height and width. */
export function withSize(input: ImageShape | null, [height, width]: readonly [number, number]): ImageShape | null {
  return input && [height, width, input[2]];
}
