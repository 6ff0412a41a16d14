import { luma } from '../transforms/grayscale.ts';
import type { Image } from '../transforms/transform.ts';

/** The image with 1 or 3 channels: alpha dropped, grey repeated, colour turned into luma, as Pillow's `convert` does. */
export function withChannels(image: Image, channels: 1 | 3): Image {
  const [height, width, have] = image.shape;
  if (have === channels) return image;
  if (channels === 1) return luma(image);
  const size = height * width;
  const pixels = image.pixels instanceof Uint8Array ? new Uint8Array(3 * size) : new Float32Array(3 * size);
  for (let i = 0; i < size; i++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[3 * i + channel] = image.pixels[i * have + (have < 3 ? 0 : channel)]!;
    }
  }
  return { pixels, shape: [height, width, 3] };
}
