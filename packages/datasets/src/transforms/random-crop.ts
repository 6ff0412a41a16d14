import { CnnError, type ImageShape } from '@cnn/core';
import { cropImage, type Size, sizeOf, withSize } from './crop-image.ts';
import { bordersOf, type Padding } from './pad.ts';
import type { Transform } from './transform.ts';

/** What part of an image a random crop takes. */
export interface RandomCropOptions {
  /** Height and width of the part in pixels; one number for a square. */
  readonly size: Size;
  /** Border that is added first, so that a crop of the full size shifts the image. */
  readonly padding?: Padding;
  /** Value of the border, in the image's own scale. */
  readonly fill?: number;
}

/**
 * Cuts out a rectangle at a random place, as torchvision's `RandomCrop`.
 *
 * @throws CnnError `invalid-shape` when the image with its border is smaller than the crop.
 */
export function randomCrop({ size, padding = 0, fill = 0 }: RandomCropOptions): Transform {
  const [height, width] = sizeOf(size, 'random-crop');
  const [left, top, right, bottom] = bordersOf(padding);
  const room = (shape: ImageShape): readonly [number, number] => {
    const rows = shape[0] + top + bottom - height;
    const columns = shape[1] + left + right - width;
    if (rows >= 0 && columns >= 0) return [rows, columns];
    throw new CnnError('invalid-shape', {
      where: 'random-crop',
      expected: `an image of at least ${height} × ${width} with its border`,
      received: `${shape[0] + top + bottom} × ${shape[1] + left + right}`,
      remedy: 'Crop less, pad more, or resize before',
    });
  };
  return {
    name: 'random-crop',
    outputShape(input) {
      if (input) room(input);
      return withSize(input, [height, width]);
    },
    apply(image, random) {
      const [rows, columns] = room(image.shape);
      const place = { top: random.integer(rows + 1) - top, left: random.integer(columns + 1) - left };
      return cropImage(image, { ...place, height, width }, fill);
    },
  };
}
