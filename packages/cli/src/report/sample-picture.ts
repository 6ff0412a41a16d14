import type { Sample } from '@cnn/core';
import { type Image, resize, SampleRandom } from '@cnn/datasets';
import { encodePng } from '@cnn/trainer';

/** An image of a data set, to be shown in a page. */
export interface SamplePicture {
  /** A PNG as a data URL. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** Longest side in pixels: a picture in colour takes 12 to 16 kB. */
const LONGEST_SIDE = 64;

/** The picture of a sample before all transforms; null where its channels are neither grey nor colours. */
export async function samplePicture({ pixels, shape }: Sample): Promise<SamplePicture | null> {
  const [, , channels] = shape;
  if (channels !== 1 && channels !== 3 && channels !== 4) return null;
  const { pixels: bytes, shape: size } = reduced({ pixels: bytesOf(pixels), shape });
  const [height, width] = size;
  const png = await encodePng({ width, height, channels, pixels: bytesOf(bytes) });
  return { url: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, width, height };
}

function reduced(image: Image): Image {
  const [height, width] = image.shape;
  const factor = LONGEST_SIDE / Math.max(height, width);
  if (factor >= 1) return image;
  const size = [Math.max(1, Math.round(height * factor)), Math.max(1, Math.round(width * factor))] as const;
  return resize({ size }).apply(image, new SampleRandom());
}

/** Bytes as they are; other numbers from their least, black, to their greatest, white. */
function bytesOf(pixels: Uint8Array | Float32Array): Uint8Array {
  if (pixels instanceof Uint8Array) return pixels;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of pixels) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const factor = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(pixels, (value) => Math.round((value - low) * factor));
}
