/** What the values of a tensor look like, as JSON. Minimum, maximum, mean and so on are those of the finite values. */
export type TensorStatistics = {
  /** Elements. */
  readonly size: number;
  /** Least value. */
  readonly min: number;
  /** Greatest value. */
  readonly max: number;
  /** Mean value. */
  readonly mean: number;
  /** Standard deviation, of the values as a whole population. */
  readonly std: number;
  /** Euclidean length. */
  readonly norm: number;
  /** Values that are exactly 0: after a ReLU, units that were off. */
  readonly zeros: number;
  /** Values that are NaN or infinite. */
  readonly nonFinite: number;
};

/** Statistics of values on the host. Without a finite value minimum, maximum, mean and deviation are NaN. */
export function tensorStatistics(values: ArrayLike<number>): TensorStatistics {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [sum, squares, zeros, finite] = [0, 0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    finite++;
    sum += value;
    squares += value * value;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / finite;
  const std = Math.sqrt(Math.max(0, squares / finite - mean * mean));
  const nonFinite = values.length - finite;
  if (finite === 0) [min, max] = [Number.NaN, Number.NaN];
  return { size: values.length, min, max, mean, std, norm: Math.sqrt(squares), zeros, nonFinite };
}
