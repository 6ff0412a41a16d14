import { type ReferenceArray, zerosArray } from '../reference-array.ts';

/** Softmax over the last axis. */
export function softmax(logits: ReferenceArray): ReferenceArray {
  return forEachRow(logits, (row) => {
    const { exponentials, sum } = shifted(row);
    return exponentials.map((value) => value / sum);
  });
}

/** Logarithm of the softmax over the last axis. */
export function logSoftmax(logits: ReferenceArray): ReferenceArray {
  return forEachRow(logits, (row) => {
    const { largest, sum } = shifted(row);
    return row.map((value) => value - largest - Math.log(sum));
  });
}

/** `softmax * (dy - sum(dy * softmax))` in each row. */
export function softmaxGradient(dy: ReferenceArray, logits: ReferenceArray): ReferenceArray {
  const probabilities = softmax(logits);
  const classes = logits.shape.at(-1)!;
  return forEachRow(dy, (row, at) => {
    const p = probabilities.data.subarray(at, at + classes);
    const inner = row.reduce((sum, value, i) => sum + value * p[i]!, 0);
    return row.map((value, i) => p[i]! * (value - inner));
  });
}

/** `dy - softmax * sum(dy)` in each row. */
export function logSoftmaxGradient(dy: ReferenceArray, logits: ReferenceArray): ReferenceArray {
  const probabilities = softmax(logits);
  return forEachRow(dy, (row, at) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value, i) => value - probabilities.data[at + i]! * sum);
  });
}

/** Mean over the rows of `-log softmax(logits)[target]`. */
export function crossEntropy(logits: ReferenceArray, targets: ReferenceArray): ReferenceArray {
  const logProbabilities = logSoftmax(logits);
  const [batch, classes] = logits.shape as [number, number];
  const loss = zerosArray([]);
  targets.data.forEach((target, n) => {
    loss.data[0]! -= logProbabilities.data[n * classes + target]! / batch;
  });
  return loss;
}

/** `(softmax - one hot target) / N`. */
export function crossEntropyGradient(logits: ReferenceArray, targets: ReferenceArray): ReferenceArray {
  const gradient = softmax(logits);
  const [batch, classes] = logits.shape as [number, number];
  targets.data.forEach((target, n) => {
    gradient.data[n * classes + target]! -= 1;
  });
  gradient.data.forEach((value, i) => {
    gradient.data[i] = value / batch;
  });
  return gradient;
}

function shifted(row: Float64Array): { largest: number; exponentials: Float64Array; sum: number } {
  const largest = row.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
  const exponentials = row.map((value) => Math.exp(value - largest));
  return { largest, exponentials, sum: exponentials.reduce((sum, value) => sum + value, 0) };
}

function forEachRow(x: ReferenceArray, f: (row: Float64Array, at: number) => Float64Array): ReferenceArray {
  const y = zerosArray(x.shape);
  const side = x.shape.at(-1)!;
  for (let at = 0; at < x.data.length; at += side) y.data.set(f(x.data.subarray(at, at + side), at), at);
  return y;
}
