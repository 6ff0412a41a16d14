import type { Metric, MetricBatch } from '@cnn/core';

/** Predictions for stored samples, row-major. */
export interface StoredPredictions {
  readonly logits: readonly number[];
  readonly labels: readonly number[];
  readonly classCount: number;
}

/** One batch of them. */
export function metricBatch({ logits, labels, classCount }: StoredPredictions, loss = 0): MetricBatch {
  const size = labels.length;
  return { logits: Float32Array.from(logits), labels: Int32Array.from(labels), classCount, loss, size };
}

/** They again, cut into batches of at most `size`. */
export function metricBatches({ logits, labels, classCount }: StoredPredictions, size: number): MetricBatch[] {
  return Array.from({ length: Math.ceil(labels.length / size) }, (_, i) =>
    metricBatch({
      logits: logits.slice(i * size * classCount, (i + 1) * size * classCount),
      labels: labels.slice(i * size, (i + 1) * size),
      classCount,
    }),
  );
}

/** What the metric says of them, seen in batches of 16. */
export function measured<Result>(metric: Metric<Result>, predictions: StoredPredictions): Result {
  metric.reset();
  for (const batch of metricBatches(predictions, 16)) metric.update(batch);
  return metric.compute();
}
