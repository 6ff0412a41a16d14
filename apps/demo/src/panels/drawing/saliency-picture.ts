import type { Reading } from '../../session/inspection-request.ts';
import { type Picture, paintImage } from '../inside/paint-tiles.ts';

/** What glows: amber, told from grey also by who cannot tell red from green. */
const GLOW = [255, 176, 32] as const;
/** How much of the image is left below the overlay. */
const DIMMED = 0.55;
/** Above 1, what matters most stands out of what matters a little. */
const CONTRAST = 1.6;

/** The image as the network sees it. */
export function seenPicture({ picture }: Reading): Picture {
  return paintImage(picture.pixels, picture.shape);
}

/** The image, dimmed, with what the decision depends on glowing over it. */
export function saliencyPicture(reading: Reading): Picture {
  const { picture, saliency } = reading;
  if (!saliency) return seenPicture(reading);
  const [height, width] = saliency.shape;
  const image = paintImage(picture.pixels, picture.shape);
  const data = new Uint8ClampedArray(4 * height * width);
  const most = saliency.values.reduce((greatest, value) => Math.max(greatest, value), 0);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const glow = most > 0 ? (saliency.values[pixel]! / most) ** CONTRAST : 0;
    const row = Math.floor((Math.floor(pixel / width) * image.height) / height);
    const column = Math.floor(((pixel % width) * image.width) / width);
    for (let channel = 0; channel < 3; channel++) {
      const below = DIMMED * image.data[4 * (row * image.width + column) + channel]!;
      data[4 * pixel + channel] = below + glow * (GLOW[channel]! - below);
    }
    data[4 * pixel + 3] = 255;
  }
  return { data, height, width };
}
