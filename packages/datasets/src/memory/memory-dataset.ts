import { CnnError, type Dataset, type ImageShape, type Sample } from '@cnn/core';
import { checkIndex } from './check-index.ts';

/** Images held in one array, in which samples are views. */
export interface MemoryDataset extends Dataset {
  readonly sampleShape: ImageShape;
  /** All images, `[N, H, W, C]` in row-major order. */
  readonly pixels: Uint8Array | Float32Array;
  /** Class index of each image, `[N]`. */
  readonly labels: Uint8Array | Int32Array;
  get(index: number): Sample;
}

/** What a data set in memory is made of. */
export interface MemoryDatasetOptions {
  /** For messages and logs. Default `memory`. */
  readonly name?: string;
  /** Images `[N, H, W, C]` in row-major order: bytes 0..255, or floats as the model shall see them. Kept, not copied. */
  readonly pixels: Uint8Array | Float32Array;
  /** Class index of each image, `[N]`. Kept, not copied. */
  readonly labels: Uint8Array | Int32Array;
  /** `[H, W, C]` of every sample. */
  readonly shape: ImageShape;
  /** Default: the class indices up to the greatest label, as strings. */
  readonly classNames?: readonly string[];
}

/**
 * A data set from arrays.
 *
 * @example
 * const pixels = new Uint8Array(2 * 28 * 28);
 * const dataset = memoryDataset({ pixels, labels: Uint8Array.of(3, 7), shape: [28, 28, 1] });
 * @throws CnnError `invalid-shape` when the lengths do not fit; `invalid-argument` on a label outside the classes.
 */
export function memoryDataset(options: MemoryDatasetOptions): MemoryDataset {
  const { name = 'memory', pixels, labels, shape } = options;
  const stride = shape[0] * shape[1] * shape[2];
  if (pixels.length !== labels.length * stride) {
    throw new CnnError('invalid-shape', {
      where: 'memoryDataset.pixels',
      expected: `${labels.length * stride} values (${labels.length} labels × ${shape.join(' × ')})`,
      received: `${pixels.length}`,
      remedy: 'Pass one label for each image, and the shape of one image as [height, width, channels]',
    });
  }
  let least = 0;
  let greatest = -1;
  for (const label of labels) {
    least = Math.min(least, label);
    greatest = Math.max(greatest, label);
  }
  const classNames = options.classNames ?? Array.from({ length: greatest + 1 }, (_, i) => String(i));
  if (greatest >= classNames.length || least < 0) {
    throw new CnnError('invalid-argument', {
      where: 'memoryDataset.labels',
      expected: `class indices 0..${classNames.length - 1}`,
      received: `${least < 0 ? least : greatest}`,
      remedy: 'Pass labels from 0 on, and a name for each class',
    });
  }
  return {
    name,
    length: labels.length,
    classNames,
    sampleShape: shape,
    pixels,
    labels,
    get(index) {
      checkIndex(index, labels.length, name);
      return { pixels: pixels.subarray(index * stride, (index + 1) * stride), shape, label: labels[index]! };
    },
  };
}
