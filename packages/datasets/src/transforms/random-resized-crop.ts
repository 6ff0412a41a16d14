import type { ImageShape } from '@cnn/core';
import type { SampleRandom } from '../random/sample-random.ts';
import { checkRange } from './check-options.ts';
import { cropImage, type Rectangle, type Size, sizeOf, withSize } from './crop-image.ts';
import { resample } from './resample.ts';
import type { Transform } from './transform.ts';

/** What part of an image a random resized crop takes. */
export interface RandomResizedCropOptions {
  /** Size of the result. */
  readonly size: Size;
  /** Part of the image's area that is cut out, from and to. */
  readonly scale?: readonly [low: number, high: number];
  /** Width over height of what is cut out, from and to. */
  readonly ratio?: readonly [low: number, high: number];
}

const ATTEMPTS = 10;

/** Cuts out a rectangle of random area, shape and place and resizes it, as torchvision's `RandomResizedCrop`. */
export function randomResizedCrop(options: RandomResizedCropOptions): Transform {
  const { size, scale = [0.08, 1], ratio = [3 / 4, 4 / 3] } = options;
  const [height, width] = sizeOf(size, 'random-resized-crop');
  checkRange(scale, 'random-resized-crop.scale', 0);
  checkRange(ratio, 'random-resized-crop.ratio', Number.MIN_VALUE);
  return {
    name: 'random-resized-crop',
    outputShape: (input) => withSize(input, [height, width]),
    apply(image, random) {
      const part = cropImage(
        image,
        randomRectangle(image.shape, random, { scale, ratio }) ?? widest(image.shape, ratio),
      );
      return resample(part, height, width, { antialias: true });
    },
  };
}

/** A rectangle of random area and shape within an image; `undefined` when ten attempts did not fit. */
export function randomRectangle(
  [height, width]: ImageShape,
  random: SampleRandom,
  { scale, ratio }: { readonly scale: readonly [number, number]; readonly ratio: readonly [number, number] },
): Rectangle | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const area = height * width * random.uniform(...scale);
    const aspect = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const partWidth = Math.round(Math.sqrt(area * aspect));
    const partHeight = Math.round(Math.sqrt(area / aspect));
    if (partWidth < 1 || partHeight < 1 || partWidth > width || partHeight > height) continue;
    const top = random.integer(height - partHeight + 1);
    const left = random.integer(width - partWidth + 1);
    return { top, left, height: partHeight, width: partWidth };
  }
  return undefined;
}

/** The largest middle part whose shape the ratio allows. */
function widest([height, width]: ImageShape, ratio: readonly [number, number]): Rectangle {
  const aspect = width / height;
  const partWidth = aspect > ratio[1] ? Math.round(height * ratio[1]) : width;
  const partHeight = aspect < ratio[0] ? Math.round(width / ratio[0]) : height;
  const top = Math.floor((height - partHeight) / 2);
  const left = Math.floor((width - partWidth) / 2);
  return { top, left, height: partHeight, width: partWidth };
}
