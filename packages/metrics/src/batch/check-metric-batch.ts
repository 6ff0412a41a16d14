import { CnnError, type MetricBatch } from '@cnn/core';

/**
 * Refuses a batch whose arrays do not belong together, before anything is counted.
 *
 * @param where The metric that was given it, for the message.
 * @throws CnnError `invalid-shape` when the lengths do not fit, `invalid-argument` for a label that is no class.
 */
export function checkMetricBatch(where: string, { logits, labels, classCount, size }: MetricBatch): void {
  if (labels.length !== size || logits.length !== size * classCount) {
    throw new CnnError('invalid-shape', {
      where,
      expected: `logits [${size}, ${classCount}] and labels [${size}]`,
      received: `${logits.length} logits and ${labels.length} labels`,
      remedy: 'Pass the row-major logits of the whole batch and one class index per sample',
    });
  }
  for (let row = 0; row < size; row++) {
    const label = labels[row]!;
    if (label >= 0 && label < classCount) continue;
    throw new CnnError('invalid-argument', {
      where,
      expected: `class indices from 0 to ${classCount - 1}`,
      received: `label ${label} for sample ${row} of the batch`,
      remedy: 'Give the model one output per class of the data set',
    });
  }
}
