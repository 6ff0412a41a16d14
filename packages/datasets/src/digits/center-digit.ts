import { resample } from '../transforms/resample.ts';
import type { Image } from '../transforms/transform.ts';
import { inkMap } from './ink-map.ts';
import { averageArea, cutOut, type Plane } from './plane.ts';
import { strokeWidth, thicken } from './stroke-width.ts';
import { withoutSpecks } from './without-specks.ts';

const SIDE = 28;
/** MNIST's digits are fitted into a box of this side. */
const BOX = 20;
/** Pixel on which MNIST's digits have their centre of mass. */
const CENTER = 14;
/** Longest side at which strokes are widened. */
const WORKING_SIDE = 160;
/** Strokes thinner than this in the box are widened to the width that is typical of MNIST. */
const THIN = 1.5;
const TYPICAL_WIDTH = 2.5;

/**
 * Prepares a picture of a digit as MNIST's were: white ink on black, cropped to the ink, fitted into 20 × 20 with its
 * proportions kept, its centre of mass on the middle of 28 × 28. Any size, colour or grey, dark on light or light on
 * dark, with or without transparency; dust is removed, and strokes far thinner than MNIST's are widened.
 *
 * @param image Bytes, or floats in [0, 1].
 * @param options.file Name for errors.
 * @returns Bytes `[28, 28, 1]`.
 * @throws CnnError `invalid-file` when the image is blank.
 * @see http://yann.lecun.com/exdb/mnist/
 */
export function centerDigit(
  image: Image,
  options: { file?: string } = {},
): Image & {
  /** Bytes, 0 for black. */
  readonly pixels: Uint8Array;
} {
  const { plane, box } = withoutSpecks(inkMap(image, options.file ?? 'image'));
  return placed(fitted(evenWidth(cutOut(plane, box))));
}

/** Widens thin strokes, at a resolution at which that can be done finely. */
function evenWidth(digit: Plane): Plane {
  const side = Math.max(digit.height, digit.width);
  const width = strokeWidth(digit);
  if ((width / side) * BOX >= THIN) return digit;
  const factor = WORKING_SIDE / side;
  const working = fullInk(scaled(digit, factor));
  const part = TYPICAL_WIDTH / BOX;
  // The box grows with its strokes: (width + 2 radius) / (side + 2 radius) shall be `part`.
  const radius = (part * WORKING_SIDE - width * factor) / (2 * (1 - part));
  return radius > 0 ? thicken(working, radius) : working;
}

/** The digit within 20 × 20. */
function fitted(digit: Plane): Plane {
  return fullInk(scaled(digit, BOX / Math.max(digit.height, digit.width)));
}

function scaled(plane: Plane, factor: number): Plane {
  const height = Math.max(1, Math.round(plane.height * factor));
  const width = Math.max(1, Math.round(plane.width * factor));
  if (factor <= 1) return averageArea(plane, height, width);
  const image: Image = { pixels: plane.values, shape: [plane.height, plane.width, 1] };
  return { values: Float32Array.from(resample(image, height, width, { antialias: true }).pixels), height, width };
}

/** The darkest ink as 1: averaging makes thin strokes faint. */
function fullInk(plane: Plane): Plane {
  const darkest = plane.values.reduce((most, value) => Math.max(most, value), 0);
  return darkest > 0 ? { ...plane, values: plane.values.map((value) => value / darkest) } : plane;
}

/** Puts the box onto 28 × 28 so that the centre of mass comes as near to the middle as whole pixels allow. */
function placed({ values, height, width }: Plane): Image & { readonly pixels: Uint8Array } {
  let mass = 0;
  let rows = 0;
  let columns = 0;
  for (let i = 0; i < values.length; i++) {
    mass += values[i]!;
    rows += values[i]! * Math.floor(i / width);
    columns += values[i]! * (i % width);
  }
  const top = Math.min(Math.max(Math.round(CENTER - rows / mass), 0), SIDE - height);
  const left = Math.min(Math.max(Math.round(CENTER - columns / mass), 0), SIDE - width);
  const pixels = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      pixels[(top + row) * SIDE + left + column] = Math.round(255 * values[row * width + column]!);
    }
  }
  return { pixels, shape: [SIDE, SIDE, 1] };
}
