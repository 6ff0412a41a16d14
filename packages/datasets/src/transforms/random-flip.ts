import { checkProbability } from './check-options.ts';
import type { Image, Transform } from './transform.ts';

/** Mirrors left and right, with a probability. */
export function randomHorizontalFlip({ p = 0.5 }: { readonly p?: number } = {}): Transform {
  return flip('random-horizontal-flip', p, (_row, column, _height, width) => [_row, width - 1 - column]);
}

/** Mirrors top and bottom, with a probability. */
export function randomVerticalFlip({ p = 0.5 }: { readonly p?: number } = {}): Transform {
  return flip('random-vertical-flip', p, (row, column, height) => [height - 1 - row, column]);
}

type Source = (row: number, column: number, height: number, width: number) => readonly [row: number, column: number];

function flip(name: string, p: number, source: Source): Transform {
  checkProbability(p, `${name}.p`);
  return {
    name,
    outputShape: (input) => input,
    apply: (image, random) => (random.chance(p) ? rearranged(image, source) : image),
  };
}

function rearranged({ pixels, shape }: Image, source: Source): Image {
  const [height, width, channels] = shape;
  const result = pixels instanceof Uint8Array ? new Uint8Array(pixels.length) : new Float32Array(pixels.length);
  let out = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [fromRow, fromColumn] = source(row, column, height, width);
      const at = (fromRow * width + fromColumn) * channels;
      for (let channel = 0; channel < channels; channel++) result[out++] = pixels[at + channel]!;
    }
  }
  return { pixels: result, shape };
}
