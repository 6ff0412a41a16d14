/**
 * `log Σ exp(score)` over the scores of sample `row`, in float64 and without overflow. A score minus it is the
 * log-probability of its class.
 *
 * @param scores `[N, classes]`, row-major.
 */
export function logSumExp(scores: Float32Array, row: number, classCount: number): number {
  const start = row * classCount;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < classCount; index++) greatest = Math.max(greatest, scores[start + index]!);
  if (!Number.isFinite(greatest)) return greatest;
  let sum = 0;
  for (let index = 0; index < classCount; index++) sum += Math.exp(scores[start + index]! - greatest);
  return greatest + Math.log(sum);
}
