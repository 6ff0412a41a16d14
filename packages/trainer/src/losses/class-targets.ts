import { type Batch, CnnError } from '@cnn/core';
import { add, cast, equal, mul, notEqual, range, reshape, sum, type Tensor, tensor1d } from '@tensorflow/tfjs-core';

/** How losses over classes weigh samples and classes. */
export interface ClassWeighting {
  /** A weight a class, `[C]`. */
  readonly weight?: readonly number[] | undefined;
  /** Class index whose samples count for nothing. */
  readonly ignoreIndex: number;
  readonly labelSmoothing: number;
}

/** Targets of a classification as weights of log-probabilities. */
export interface ClassTargets {
  /** The loss of sample n is `-sum over c of shares[n, c] * logProbability[n, c]`. `[N, C]`, float32. */
  readonly shares: Tensor;
  /** What the mean divides by, `[]`: the sum of the weights of the samples' classes, or the count of samples. */
  readonly divisor: Tensor | number;
}

/** Spreads class indices `[N]` (int32) or class probabilities `[N, C]` (float32) over the classes, as PyTorch weighs them. */
export function classTargets(targets: Tensor, classCount: number, weighting: ClassWeighting): ClassTargets {
  const { weight, ignoreIndex, labelSmoothing } = weighting;
  const weights = weight ? tensor1d([...weight]) : undefined;
  const weighted = (shares: Tensor): Tensor => (weights ? mul(shares, weights) : shares);
  const smooth = (shares: Tensor, floor: Tensor | number): Tensor =>
    labelSmoothing === 0 ? shares : add(mul(shares, 1 - labelSmoothing), mul(floor, labelSmoothing / classCount));

  if (targets.dtype !== 'int32') {
    return { shares: weighted(smooth(targets, 1)), divisor: targets.shape[0]! };
  }
  const labels = reshape(targets, [-1, 1]);
  const classes = cast(equal(labels, range(0, classCount, 1, 'int32')), 'float32');
  const counts = cast(notEqual(labels, ignoreIndex), 'float32');
  const hot = weighted(mul(classes, counts));
  return { shares: smooth(hot, weighted(counts)), divisor: sum(hot) };
}

/** @throws CnnError `invalid-argument` naming the first class index outside `0..classCount - 1`; `invalid-shape`. */
export function checkClassTargets(
  where: string,
  { data, shape }: Batch['targets'],
  predictionShape: readonly number[],
  ignoreIndex: number,
): void {
  const [samples, classCount] = predictionShape;
  if (predictionShape.length !== 2 || shape[0] !== samples) {
    throw new CnnError('invalid-shape', {
      where,
      expected: `scores [N, classes] for ${shape[0]} targets`,
      received: `[${predictionShape.join(', ')}]`,
      remedy: 'End the model with a Linear of one output a class',
    });
  }
  if (!(data instanceof Int32Array)) {
    if (shape[1] === classCount) return;
    throw new CnnError('invalid-shape', {
      where,
      expected: `class probabilities [${samples}, ${classCount}]`,
      received: `[${shape.join(', ')}]`,
      remedy: 'Give one probability a class, or class indices as an Int32Array',
    });
  }
  const wrong = data.findIndex((label) => (label < 0 || label >= classCount!) && label !== ignoreIndex);
  if (wrong < 0) return;
  throw new CnnError('invalid-argument', {
    where: `${where}, target ${wrong} of the batch`,
    expected: `a class index in 0..${classCount! - 1}`,
    received: String(data[wrong]),
    remedy: 'Correct the labels, or give the last layer as many outputs as there are classes',
  });
}

/** @throws CnnError `invalid-argument` unless there is one weight for each entry of the last axis. */
export function checkWeights(where: string, weights: readonly number[] | undefined, shape: readonly number[]): void {
  if (!weights || weights.length === shape.at(-1)) return;
  throw new CnnError('invalid-argument', {
    where,
    expected: `${shape.at(-1)} numbers, one for each output of the model`,
    received: String(weights.length),
    remedy: 'Give each class a weight, in the order of the classes',
  });
}

/** @throws CnnError `invalid-shape` for targets of another shape, which would be broadcast without a word. */
export function checkSameShape(where: string, predictions: Tensor, targets: Tensor): void {
  if (String(predictions.shape) === String(targets.shape)) return;
  throw new CnnError('invalid-shape', {
    where,
    expected: `targets [${predictions.shape.join(', ')}], the shape of the predictions`,
    received: `[${targets.shape.join(', ')}]`,
    remedy: 'Give a target for each output; class indices through oneHotTargets(loss)',
  });
}
