import { checkProbability, checkRange } from './check-options.ts';
import { randomRectangle } from './random-resized-crop.ts';
import type { Transform } from './transform.ts';

/** What a random erasing wipes out. */
export interface RandomErasingOptions {
  /** Probability that an image loses a rectangle. Default 0.5. */
  readonly p?: number;
  /** Part of the image's area, from and to. */
  readonly scale?: readonly [low: number, high: number];
  /** Width over height, from and to. */
  readonly ratio?: readonly [low: number, high: number];
  /** Value in the image's own scale, or a random one for each pixel and channel. */
  readonly value?: number | 'random';
}

/** Wipes out a random rectangle, as torchvision's `RandomErasing`. */
export function randomErasing(options: RandomErasingOptions = {}): Transform {
  const { p = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], value = 0 } = options;
  checkProbability(p, 'random-erasing.p');
  checkRange(scale, 'random-erasing.scale', 0);
  checkRange(ratio, 'random-erasing.ratio', Number.MIN_VALUE);
  return {
    name: 'random-erasing',
    outputShape: (input) => input,
    apply(image, random) {
      if (!random.chance(p)) return image;
      const rectangle = randomRectangle(image.shape, random, { scale, ratio });
      if (!rectangle) return image;
      const pixels = image.pixels.slice();
      const isBytes = pixels instanceof Uint8Array;
      const [, width, channels] = image.shape;
      for (let row = rectangle.top; row < rectangle.top + rectangle.height; row++) {
        const start = (row * width + rectangle.left) * channels;
        const end = start + rectangle.width * channels;
        if (value !== 'random') pixels.fill(value, start, end);
        else for (let i = start; i < end; i++) pixels[i] = isBytes ? random.integer(256) : random.normal();
      }
      return { pixels, shape: image.shape };
    },
  };
}
