import { CnnError, type MetricBatch } from '@cnn/core';
import { checkMetricBatch } from '../batch/check-metric-batch.ts';
import { predictedClass } from '../batch/predicted-class.ts';

/** Counts of every pair of true and predicted class: all that the metrics per class need. */
export class ConfusionCounts {
  readonly #where: string;
  #counts = new Float64Array(0);
  #classCount = 0;

  /** @param where The metric that counts, for messages. */
  constructor(where: string) {
    this.#where = where;
  }

  /** 0 before the first batch. */
  get classCount(): number {
    return this.#classCount;
  }

  reset(): void {
    this.#counts = new Float64Array(0);
    this.#classCount = 0;
  }

  /** @throws CnnError `invalid-shape` when the number of classes differs from that of the batches before. */
  add(batch: MetricBatch): void {
    checkMetricBatch(this.#where, batch);
    const { logits, labels, classCount, size } = batch;
    if (this.#classCount === 0) {
      this.#classCount = classCount;
      this.#counts = new Float64Array(classCount * classCount);
    } else if (this.#classCount !== classCount) {
      throw new CnnError('invalid-shape', {
        where: this.#where,
        expected: `${this.#classCount} classes, as in the batches before`,
        received: String(classCount),
        remedy: 'Call reset() before you measure another model',
      });
    }
    for (let row = 0; row < size; row++) {
      const cell = labels[row]! * classCount + predictedClass(logits, row, classCount);
      this.#counts[cell] = this.#counts[cell]! + 1;
    }
  }

  /** A copy as rows: `rows()[truth][predicted]`. */
  rows(): number[][] {
    const side = this.#classCount;
    return Array.from({ length: side }, (_, truth) => [...this.#counts.subarray(truth * side, (truth + 1) * side)]);
  }
}
