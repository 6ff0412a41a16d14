import { CnnError } from '@cnn/core';
import type { Image } from '../transforms/transform.ts';
import { averageArea, type Plane } from './plane.ts';

/** Images are reduced to this many pixels a side before anything else. */
const MAX_SIDE = 512;
/** Difference in grey levels between ink and paper below which there is nothing to see. */
const MIN_CONTRAST = 28;
/** Parts of the contrast below which a pixel is paper: on clean paper, and at most, on noisy. */
const CLEAN_PAPER = 0.05;
const NOISY_PAPER = 0.3;

/**
 * How much ink each pixel has, 0..1: grey or colour, dark on light or light on dark, with or without transparency.
 *
 * @throws CnnError `invalid-file` when the image is blank.
 */
export function inkMap(image: Image, file: string): Plane {
  const grey = reduced(greyPlane(image));
  const { paper, ink, noise } = levels(grey.values);
  const contrast = Math.abs(ink - paper);
  if (contrast < MIN_CONTRAST) {
    throw new CnnError('invalid-file', {
      where: file,
      expected: 'a digit that stands out from its background',
      received: `a blank image (${image.shape[0]} × ${image.shape[1]}, a contrast of ${contrast.toFixed(0)} of 255)`,
      remedy: 'Pass a picture of one digit, dark on light or light on dark',
    });
  }
  const part = Math.min(Math.max((4 * noise) / contrast, CLEAN_PAPER), NOISY_PAPER);
  const low = paper + part * (ink - paper);
  return { ...grey, values: grey.values.map((value) => Math.min(Math.max((value - low) / (ink - low), 0), 1)) };
}

/** Grey levels 0..255. Transparent pixels are white, or black where that would hide everything. */
function greyPlane({ pixels, shape }: Image): Plane {
  const [height, width, channels] = shape;
  const factor = pixels instanceof Uint8Array ? 1 : 255;
  const on = (background: number): Plane => {
    const values = new Float32Array(height * width);
    for (let i = 0; i < values.length; i++) {
      const at = i * channels;
      const colour =
        channels < 3 ? pixels[at]! : 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
      const alpha = channels === 2 || channels === 4 ? (pixels[at + channels - 1]! * factor) / 255 : 1;
      values[i] = colour * factor * alpha + background * (1 - alpha);
    }
    return { values, height, width };
  };
  const onWhite = on(255);
  const { paper, ink } = levels(onWhite.values);
  return Math.abs(ink - paper) < MIN_CONTRAST ? on(0) : onWhite;
}

function reduced(plane: Plane): Plane {
  const factor = MAX_SIDE / Math.max(plane.height, plane.width);
  if (factor >= 1) return plane;
  return averageArea(
    plane,
    Math.max(1, Math.round(plane.height * factor)),
    Math.max(1, Math.round(plane.width * factor)),
  );
}

/** Grey levels of an image of ink on paper. */
interface Levels {
  /** Median of the paper. */
  readonly paper: number;
  /** Mean of the ink. */
  readonly ink: number;
  /** Deviation of the paper, estimated from the median distance to its median. */
  readonly noise: number;
}

/**
 * Parts paper and ink by Otsu's threshold; the ink is the smaller class.
 *
 * @see https://doi.org/10.1109/TSMC.1979.4310076
 */
function levels(values: Float32Array): Levels {
  const histogram = new Float64Array(256);
  for (const value of values) histogram[Math.round(Math.min(Math.max(value, 0), 255))]!++;
  const total = values.length;
  const sum = histogram.reduce((all, count, level) => all + count * level, 0);
  let best = { between: -1, threshold: 255, darkCount: total, darkMean: sum / total, lightMean: sum / total };
  let darkCount = 0;
  let darkSum = 0;
  for (let level = 0; level < 255; level++) {
    darkCount += histogram[level]!;
    darkSum += histogram[level]! * level;
    if (darkCount === 0 || darkCount === total) continue;
    const darkMean = darkSum / darkCount;
    const lightMean = (sum - darkSum) / (total - darkCount);
    const between = darkCount * (total - darkCount) * (lightMean - darkMean) ** 2;
    if (between > best.between) best = { between, threshold: level, darkCount, darkMean, lightMean };
  }
  const darkIsInk = best.darkCount < total / 2;
  const paperOnly = histogram.map((count, level) => (level > best.threshold === darkIsInk ? count : 0));
  const paper = median(paperOnly);
  const distances = new Float64Array(256);
  paperOnly.forEach((count, level) => {
    distances[Math.abs(level - paper)]! += count;
  });
  return { paper, ink: darkIsInk ? best.darkMean : best.lightMean, noise: 1.4826 * median(distances) };
}

/** The level that half of a histogram lies at or below. */
function median(histogram: Float64Array): number {
  const half = histogram.reduce((sum, count) => sum + count, 0) / 2;
  let below = 0;
  return histogram.findIndex((count) => {
    below += count;
    return below >= half;
  });
}
