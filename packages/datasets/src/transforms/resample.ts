import type { Image } from './transform.ts';

/** Where the pixels of one axis come from. */
interface AxisWeights {
  readonly outSize: number;
  /** First input position of each output position. */
  readonly starts: Int32Array;
  /** Number of input positions of each output position. */
  readonly counts: Int32Array;
  /** `outSize * span` weights; those of one output position sum to 1. */
  readonly weights: Float64Array;
  readonly span: number;
}

/** Fraction bits of Pillow's 8-bit resampling, from which its rounding follows. */
const PRECISION_BITS = 22;

/**
 * Resizes with a triangle filter. Bytes as Pillow does (one axis after the other, fixed-point weights, rounded to bytes
 * between), floats as `torch.nn.functional.interpolate(mode='bilinear', align_corners=False)`.
 *
 * @param options.antialias Widen the filter by the factor of reduction, so that every input pixel counts.
 * @see https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters
 */
export function resample(image: Image, height: number, width: number, options: { antialias: boolean }): Image {
  const [inHeight, inWidth] = image.shape;
  const vertical = (input: Image): Image => along(input, 0, axisWeights(inHeight, height, options.antialias));
  const horizontal = (input: Image): Image => along(input, 1, axisWeights(inWidth, width, options.antialias));
  const passes = [...(width === inWidth ? [] : [horizontal]), ...(height === inHeight ? [] : [vertical])];
  // Pillow 13 takes the axis first that is reduced more; before, it was always the horizontal one.
  if (height / inHeight < Math.min(1, width / inWidth)) passes.reverse();
  return passes.reduce((result, pass) => pass(result), image);
}

function axisWeights(inSize: number, outSize: number, antialias: boolean): AxisWeights {
  const scale = inSize / outSize;
  const filterScale = antialias ? Math.max(scale, 1) : 1;
  const span = Math.ceil(filterScale) * 2 + 1;
  const starts = new Int32Array(outSize);
  const counts = new Int32Array(outSize);
  const weights = new Float64Array(outSize * span);
  for (let i = 0; i < outSize; i++) {
    const center = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - filterScale + 0.5));
    const end = Math.min(inSize, Math.trunc(center + filterScale + 0.5));
    let sum = 0;
    for (let x = start; x < end; x++) {
      const weight = Math.max(0, 1 - Math.abs((x - center + 0.5) / filterScale));
      weights[i * span + x - start] = weight;
      sum += weight;
    }
    if (sum === 0) {
      // Beyond the last pixel's centre without antialiasing: the last pixel itself.
      weights[i * span] = 1;
      sum = 1;
    }
    for (let k = 0; k < end - start; k++) weights[i * span + k] = weights[i * span + k]! / sum;
    starts[i] = start;
    counts[i] = Math.max(1, end - start);
  }
  return { outSize, starts, counts, weights, span };
}

function along(image: Image, axis: 0 | 1, axisOf: AxisWeights): Image {
  const [height, width, channels] = image.shape;
  const { outSize } = axisOf;
  const outHeight = axis === 0 ? outSize : height;
  const outWidth = axis === 1 ? outSize : width;
  const size = outHeight * outWidth * channels;
  const isBytes = image.pixels instanceof Uint8Array;
  const pixels = isBytes ? new Uint8Array(size) : new Float32Array(size);
  const weights = isBytes ? fixedPoint(axisOf.weights) : axisOf.weights;
  const step = axis === 0 ? width * channels : channels;
  const half = isBytes ? 2 ** (PRECISION_BITS - 1) : 0;
  let out = 0;
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      const position = axis === 0 ? row : column;
      const first =
        axis === 0
          ? (axisOf.starts[row]! * width + column) * channels
          : (row * width + axisOf.starts[column]!) * channels;
      const count = axisOf.counts[position]!;
      const weightStart = position * axisOf.span;
      for (let channel = 0; channel < channels; channel++) {
        let sum = half;
        let at = first + channel;
        for (let k = 0; k < count; k++) {
          sum += image.pixels[at]! * weights[weightStart + k]!;
          at += step;
        }
        pixels[out++] = isBytes ? Math.min(sum >> PRECISION_BITS, 255) : sum;
      }
    }
  }
  return { pixels, shape: [outHeight, outWidth, channels] };
}

function fixedPoint(weights: Float64Array): Float64Array {
  return weights.map((weight) => Math.trunc(0.5 + weight * 2 ** PRECISION_BITS));
}
