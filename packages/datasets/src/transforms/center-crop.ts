import { cropImage, type Size, sizeOf, withSize } from './crop-image.ts';
import type { Transform } from './transform.ts';

/**
 * Cuts out the middle, as torchvision's `CenterCrop`; an image that is too small is padded with zeros.
 *
 * @throws CnnError `invalid-argument` when a side is not a positive integer.
 */
export function centerCrop({ size }: { readonly size: Size }): Transform {
  const [height, width] = sizeOf(size, 'center-crop');
  return {
    name: 'center-crop',
    outputShape: (input) => withSize(input, [height, width]),
    apply(image) {
      const top = middle(image.shape[0], height);
      const left = middle(image.shape[1], width);
      return cropImage(image, { top, left, height, width });
    },
  };
}

/** First position of the middle `size` of `length`, with halves rounded to even as in Python. */
function middle(length: number, size: number): number {
  if (length < size) return -Math.floor((size - length) / 2);
  const half = (length - size) / 2;
  const rounded = Math.round(half);
  return half % 1 === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
