/** How values are spread: what TensorBoard draws. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper end of each bucket, rising. */
  readonly limits: readonly number[];
  /** Values in each bucket. */
  readonly counts: readonly number[];
}

/** Spreads the finite ones of `values` over buckets of equal width. Null where there are none. */
export function histogram(values: ArrayLike<number>, bucketCount = 30): Histogram | null {
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length === 0) return null;
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let sum = 0;
  let sumOfSquares = 0;
  for (const value of finite) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  const width = (max - min) / bucketCount || 1;
  const counts = Array<number>(bucketCount).fill(0);
  for (const value of finite) counts[Math.min(bucketCount - 1, Math.floor((value - min) / width))]!++;
  const limits = counts.map((_, bucket) =>
    bucket === bucketCount - 1 ? Math.max(max, min + width) : min + width * (bucket + 1),
  );
  return { min, max, count: finite.length, sum, sumOfSquares, limits, counts };
}
