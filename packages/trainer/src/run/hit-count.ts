import type { Batch } from '@cnn/core';

/**
 * Samples of a batch whose highest score is their class; the first of equal scores counts, as `argmax` does. Null where
 * targets are no classes.
 *
 * @param scores `[N, classes]`, row-major.
 * @param targets Class indices `[N]`, or class probabilities `[N, classes]`.
 */
export function hitCount(scores: Float32Array, targets: Batch['targets']): number | null {
  const labels = classIndices(targets);
  if (!labels || labels.length === 0) return null;
  const classes = scores.length / labels.length;
  if (!Number.isInteger(classes)) return null;
  let hits = 0;
  for (let row = 0; row < labels.length; row++) if (argmax(scores, row * classes, classes) === labels[row]) hits++;
  return hits;
}

/** Class indices `[N]` of targets; of class probabilities the likeliest class; null where they are neither. */
export function classIndices({ data, shape }: Batch['targets']): Int32Array | null {
  if (data instanceof Int32Array) return shape.length === 1 ? data : null;
  const [samples, classes] = shape;
  if (samples === undefined || classes === undefined || shape.length !== 2) return null;
  return Int32Array.from({ length: samples }, (_, row) => argmax(data, row * classes, classes));
}

/** Index of the first largest of `count` values from `start`. */
export function argmax(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (values[start + index]! > values[start + best]!) best = index;
  return best;
}
