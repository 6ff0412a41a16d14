import { CnnError } from '@cnn/core';

/** What was done to an image before the network saw it. Travels with the weights in every export format. */
export interface Preprocessing {
  /** Of one sample as the network takes it, in PyTorch's order `[C, H, W]`. */
  readonly inputShape: readonly number[];
  /** Shorter side in pixels to which an image is resized first, or `[height, width]`. */
  readonly resize?: number | readonly [height: number, width: number];
  /** Side of the square that is then cut out of the middle. */
  readonly centerCrop?: number;
  /** How it is resized. `antialias` as in torchvision. Default bilinear with antialias. */
  readonly interpolation?: 'bilinear' | 'nearest';
  /** Whether shrinking averages over all pixels that it covers. */
  readonly antialias?: boolean;
  /** Of each channel, for pixels in 0..1: `(pixel / 255 - mean) / std`. */
  readonly mean?: readonly number[];
  /** See `mean`. */
  readonly std?: readonly number[];
  /** Of each output, in order. */
  readonly classNames?: readonly string[];
}

/** The key under which it stands in a file's metadata. */
const PREPROCESSING_KEY = 'cnn.preprocessing';

/** As metadata, to be spread among other entries. */
export function preprocessingMetadata(preprocessing: Preprocessing | undefined): Record<string, string> {
  return preprocessing ? { [PREPROCESSING_KEY]: JSON.stringify(preprocessing) } : {};
}

/**
 * The preprocessing that a file's metadata tell of; `undefined` where they tell of none.
 *
 * @throws CnnError `invalid-file` when the entry is damaged.
 */
export function readPreprocessing(metadata: Readonly<Record<string, string>>): Preprocessing | undefined {
  const text = metadata[PREPROCESSING_KEY];
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && 'inputShape' in value && Array.isArray(value.inputShape)) {
    return value as Preprocessing;
  }
  throw new CnnError('invalid-file', {
    where: `metadata ${PREPROCESSING_KEY}`,
    expected: 'JSON with an inputShape',
    received: text.slice(0, 60),
    remedy: 'Export the weights again',
  });
}
