/**
 * Index of the greatest of the `classCount` scores of sample `row`; the first of equal ones, and the first NaN if there
 * is one, as `torch.argmax` chooses.
 *
 * @param scores `[N, classes]`, row-major.
 */
export function predictedClass(scores: Float32Array, row: number, classCount: number): number {
  const start = row * classCount;
  let best = 0;
  for (let index = 0; index < classCount; index++) {
    const score = scores[start + index]!;
    if (Number.isNaN(score)) return index;
    if (score > scores[start + best]!) best = index;
  }
  return best;
}
