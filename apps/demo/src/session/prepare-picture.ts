import type { ImageShape } from '@cnn/core';
import { centerDigit, type Image, resize, SampleRandom, withChannels } from '@cnn/datasets';
import { checkDigit, digitPlausibility } from './digit-plausibility.ts';
import type { OpenRun } from './open-run.ts';

/** Where a picture comes from. */
export type PictureOrigin = 'drawing' | 'file';

/** A picture made like the images of a data set. */
export interface PreparedPicture {
  readonly image: Image;
  /** What was done to it that a person should know; null where that is nothing remarkable. */
  readonly note: string | null;
}

/** What is known of a data set's images. */
type Target = Pick<OpenRun, 'classNames' | 'sampleShape'> & { readonly test: Pick<OpenRun['test'], 'sampleShape'> };

/**
 * Makes a picture `[H, W, 4]` like the images of the run's data set: single characters are centred as MNIST's are, other
 * pictures take the data set's size and channels.
 *
 * @throws CnnError `invalid-argument` or `invalid-file` when it is blank or, among digits, not a single one.
 */
export function preparePicture(picture: Image, target: Target, { origin }: { origin: PictureOrigin }): PreparedPicture {
  const shape = target.test.sampleShape;
  const channels = shape?.[2] ?? target.sampleShape[2];
  if (isCentred(target)) {
    const plausibility = digitPlausibility(picture);
    if (origin === 'file') checkDigit(plausibility, 'This picture');
    const { darkOnLight } = plausibility;
    const note =
      origin === 'file' && darkOnLight ? 'Dark on light: turned into white on black, as MNIST has it.' : null;
    return { image: centerDigit(picture, { file: origin === 'file' ? 'This picture' : 'The drawing' }), note };
  }
  const coloured = withChannels(picture, channels === 3 ? 3 : 1);
  const { image, inverted } = channels === 3 ? { image: coloured, inverted: false } : onBlack(coloured);
  const fitted = shape ? resized(image, shape) : image;
  return { image: fitted, note: inverted ? 'Dark on light: inverted, as these images are bright on black.' : null };
}

/** Classes that are single characters, on grey squares of 28: MNIST, its letters, the synthetic digits. */
function isCentred({ classNames, test }: Target): boolean {
  const [height, width, channels] = test.sampleShape ?? [];
  return height === 28 && width === 28 && channels === 1 && classNames.every((name) => name.length === 1);
}

function resized(image: Image, [height, width]: ImageShape): Image {
  if (image.shape[0] === height && image.shape[1] === width) return image;
  return resize({ size: [height, width] }).apply(image, new SampleRandom(0));
}

/** A grey picture whose border is bright, inverted. */
function onBlack(image: Image): { image: Image; inverted: boolean } {
  const [height, width] = image.shape;
  const border: number[] = [];
  for (let row = 0; row < height; row++) border.push(image.pixels[row * width]!, image.pixels[(row + 1) * width - 1]!);
  const inverted = border.reduce((sum, value) => sum + value, 0) / border.length > 127;
  return inverted
    ? { image: { pixels: Uint8Array.from(image.pixels, (value) => 255 - value), shape: image.shape }, inverted }
    : { image, inverted };
}
