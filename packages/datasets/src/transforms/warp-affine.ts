import type { Image } from './transform.ts';

/** Where in the input a pixel of the result comes from: x' = a x + b y + c, y' = d x + e y + f, from the middle. */
export type InverseAffine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Moves pixels by an affine map, with bilinear interpolation; what comes from outside is `fill`. */
export function warpAffine({ pixels, shape }: Image, inverse: InverseAffine, fill: number): Image {
  const [height, width, channels] = shape;
  const [a, b, c, d, e, f] = inverse;
  const isBytes = pixels instanceof Uint8Array;
  const result = isBytes ? new Uint8Array(pixels.length) : new Float32Array(pixels.length);
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  const rounding = isBytes ? 0.5 : 0;
  let out = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = a * (column - middleX) + b * (row - middleY) + c + middleX;
      const y = d * (column - middleX) + e * (row - middleY) + f + middleY;
      const left = Math.floor(x);
      const top = Math.floor(y);
      const right = x - left;
      const down = y - top;
      for (let channel = 0; channel < channels; channel++) {
        const value =
          (1 - down) * ((1 - right) * at(top, left, channel) + right * at(top, left + 1, channel)) +
          down * ((1 - right) * at(top + 1, left, channel) + right * at(top + 1, left + 1, channel));
        result[out++] = value + rounding;
      }
    }
  }
  return { pixels: result, shape };

  function at(row: number, column: number, channel: number): number {
    const inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? pixels[(row * width + column) * channels + channel]! : fill;
  }
}
