import { CnnError } from '@cnn/core';
import type { Image, Transform } from './transform.ts';

/**
 * Luma of colour images (ITU-R 601, as Pillow and torchvision), in one channel, or repeated in three for a network
 * that expects colour. Grey images keep their values; an alpha channel is ignored.
 *
 * @throws CnnError `invalid-argument` when `channels` is neither 1 nor 3.
 */
export function grayscale({ channels = 1 }: { readonly channels?: number } = {}): Transform {
  if (channels !== 1 && channels !== 3) {
    throw new CnnError('invalid-argument', {
      where: 'grayscale.channels',
      expected: '1 or 3',
      received: String(channels),
      remedy: 'Pass the number of channels that the model takes',
    });
  }
  return {
    name: 'grayscale',
    outputShape: (input) => input && [input[0], input[1], channels],
    apply: (image) => repeat(luma(image), channels),
  };
}

/** The grey image `[H, W, 1]` of any image. */
export function luma(image: Image): Image {
  const { pixels, shape } = image;
  const [height, width, channels] = shape;
  if (channels === 1) return image;
  const size = height * width;
  const isBytes = pixels instanceof Uint8Array;
  const grey = isBytes ? new Uint8Array(size) : new Float32Array(size);
  for (let i = 0, at = 0; i < size; i++, at += channels) {
    if (channels < 3) grey[i] = pixels[at]!;
    else if (isBytes) {
      // Pillow's weights, in 16-bit fixed point.
      grey[i] = (19595 * pixels[at]! + 38470 * pixels[at + 1]! + 7471 * pixels[at + 2]! + 32768) >> 16;
    } else grey[i] = 0.2989 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
  }
  return { pixels: grey, shape: [height, width, 1] };
}

function repeat(image: Image, channels: number): Image {
  if (channels === 1) return image;
  const { pixels, shape } = image;
  const size = pixels.length * channels;
  const repeated = pixels instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  for (let i = 0; i < size; i++) repeated[i] = pixels[Math.floor(i / channels)]!;
  return { pixels: repeated, shape: [shape[0], shape[1], channels] };
}
