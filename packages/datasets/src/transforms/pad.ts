import { CnnError } from '@cnn/core';
import { cropImage } from './crop-image.ts';
import type { Transform } from './transform.ts';

/** A border: of one width, `[left and right, top and bottom]`, or `[left, top, right, bottom]`. */
export type Padding =
  | number
  | readonly [horizontal: number, vertical: number]
  | readonly [left: number, top: number, right: number, bottom: number];

/**
 * Adds a border, as torchvision's `Pad`: `pad({ padding: 2 })` makes 32 × 32 of 28 × 28. `fill` is the value of
 * the border, in the image's own scale: 0..255 for bytes.
 *
 * @throws CnnError `invalid-argument` when a width is not a non-negative integer.
 */
export function pad({ padding, fill = 0 }: { readonly padding: Padding; readonly fill?: number }): Transform {
  const [left, top, right, bottom] = bordersOf(padding);
  return {
    name: 'pad',
    outputShape: (input) => input && [input[0] + top + bottom, input[1] + left + right, input[2]],
    apply(image) {
      const height = image.shape[0] + top + bottom;
      const width = image.shape[1] + left + right;
      return cropImage(image, { top: -top, left: -left, height, width }, fill);
    },
  };
}

/** @throws CnnError `invalid-argument` when a width is not a non-negative integer. */
export function bordersOf(padding: Padding): readonly [left: number, top: number, right: number, bottom: number] {
  const list = typeof padding === 'number' ? [padding] : padding;
  const [left, top = left, right = left, bottom = top] = list;
  const valid = [1, 2, 4].includes(list.length) && list.every((side) => Number.isInteger(side) && side >= 0);
  if (left !== undefined && top !== undefined && right !== undefined && bottom !== undefined && valid) {
    return [left, top, right, bottom];
  }
  throw new CnnError('invalid-argument', {
    where: 'pad',
    expected: 'a border in pixels, [horizontal, vertical] or [left, top, right, bottom]',
    received: JSON.stringify(padding),
    remedy: 'Pass whole numbers from 0 on, for example { pad: 2 }',
  });
}
