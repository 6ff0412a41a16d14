import type { ImageShape } from '@cnn/core';
import { type Size, sizeOf } from './crop-image.ts';
import { resample } from './resample.ts';
import type { Transform } from './transform.ts';

/** How images are resized. */
export interface ResizeOptions {
  /** Height and width; a single number is the length of the shorter side, and the other follows. */
  readonly size: Size;
  /** When made smaller, let every pixel count, as Pillow always does and torchvision does by default. */
  readonly antialias?: boolean;
}

/**
 * Bilinear resizing, as torchvision's `Resize`: bytes as it treats Pillow images, floats as it treats tensors.
 *
 * @throws CnnError `invalid-argument` when a side is not a positive integer.
 */
export function resize({ size, antialias = true }: ResizeOptions): Transform {
  const fixed = sizeOf(size, 'resize');
  const target = ([height, width]: ImageShape): readonly [number, number] => {
    if (typeof size !== 'number') return fixed;
    const shorter = Math.min(height, width);
    const longer = Math.trunc((size * Math.max(height, width)) / shorter);
    return height <= width ? [size, longer] : [longer, size];
  };
  return {
    name: 'resize',
    outputShape: (input) => input && [...target(input), input[2]],
    apply: (image) => resample(image, ...target(image.shape), { antialias }),
  };
}
