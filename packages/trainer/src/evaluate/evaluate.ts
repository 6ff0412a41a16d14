import { type Batch, CnnError, EVALUATION, type Metric, type Module, withLayerPaths } from '@cnn/core';
import { dispose, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { crossEntropyLoss } from '../losses/cross-entropy-loss.ts';
import type { Loss } from '../losses/loss.ts';
import { classIndices } from '../run/hit-count.ts';
import type { Measures } from '../run/measures.ts';
import { TaskTurns } from '../run/task-turns.ts';

/** How a model is evaluated. */
export interface EvaluateOptions {
  /** Default: cross-entropy. */
  readonly loss?: Loss;
  /** Reset before, updated with every batch whose targets are classes. */
  readonly metrics?: readonly Metric<unknown>[];
  /** Batches after which to stop; all of them by default. */
  readonly limitBatches?: number | null;
  /** Ends the evaluation with an error of code `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** What an evaluation found. */
export interface Evaluation {
  /** `loss`, the mean over samples whatever the loss's own reduction, and every metric whose result is one number. */
  readonly measures: Measures;
  /** Results of the other metrics, by name: per-class values, a confusion matrix. */
  readonly results: Readonly<Record<string, unknown>>;
  /** Samples seen. */
  readonly samples: number;
  /** Duration. */
  readonly seconds: number;
}

/**
 * Loss and metrics of `model` over `data`, in evaluation mode. Changes nothing in the model.
 *
 * @throws CnnError `aborted` when the signal is; `invalid-argument` when there is no batch.
 */
export async function evaluate(
  model: Module,
  data: AsyncIterable<Batch>,
  { loss = crossEntropyLoss(), metrics = [], limitBatches = null, signal }: EvaluateOptions = {},
): Promise<Evaluation> {
  if (limitBatches !== null && !(Number.isInteger(limitBatches) && limitBatches > 0)) throw wrongLimit(limitBatches);
  const startedAt = performance.now();
  for (const metric of metrics) metric.reset();
  let lossSum = 0;
  let samples = 0;
  let batches = 0;
  const turns = new TaskTurns();
  for await (const batch of data) {
    await turns.give();
    if (signal?.aborted) throw aborted();
    const scored = await scoreBatch(model, batch, loss);
    lossSum += scored.loss * batch.size;
    samples += batch.size;
    const labels = classIndices(batch.targets);
    if (labels) {
      const update = {
        logits: scored.logits,
        labels,
        classCount: scored.classCount,
        loss: scored.loss,
        size: batch.size,
      };
      for (const metric of metrics) metric.update(update);
    }
    if (++batches === limitBatches) break;
  }
  if (samples === 0) throw noSamples();

  const results = metrics.map(({ name, compute }, index) => [name, compute.call(metrics[index])] as const);
  const numbers = results.filter((result): result is readonly [string, number] => typeof result[1] === 'number');
  const others = results.filter(([, value]) => typeof value !== 'number');
  return {
    measures: { loss: lossSum / samples, ...Object.fromEntries(numbers) },
    results: Object.fromEntries(others),
    samples,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** Forward pass and loss of one batch, read back. */
async function scoreBatch(
  model: Module,
  batch: Batch,
  loss: Loss,
): Promise<{ loss: number; logits: Float32Array; classCount: number }> {
  const [scores, value] = tidy((): [Tensor, Tensor] => {
    const images = tensor(batch.inputs.data, [...batch.inputs.shape]);
    const logits = withLayerPaths(model, () => model.forward(images, EVALUATION));
    const isIndices = batch.targets.data instanceof Int32Array;
    const targets = tensor(batch.targets.data, [...batch.targets.shape], isIndices ? 'int32' : 'float32');
    return [logits, loss(logits, targets, batch.targets)];
  });
  try {
    const [logits, values] = await Promise.all([scores.data<'float32'>(), value.data<'float32'>()]); // read-back
    const mean = meanOf(values, loss.reduction === 'sum' ? batch.size : values.length);
    return { loss: mean, logits, classCount: scores.shape.at(-1) ?? 1 };
  } finally {
    dispose([scores, value]);
  }
}

/** Of a loss that does not reduce, each sample or element has its own value. */
function meanOf(values: Float32Array, count: number): number {
  return values.reduce((sum, value) => sum + value, 0) / count;
}

function aborted(): CnnError {
  return new CnnError('aborted', {
    where: 'evaluate',
    expected: 'to see all batches',
    received: 'an abort signal',
    remedy: 'Evaluate again, without aborting',
  });
}

function wrongLimit(received: number): CnnError {
  return new CnnError('invalid-argument', {
    where: 'evaluate.limitBatches',
    expected: 'a whole number of at least 1, or null',
    received: String(received),
    remedy: 'Leave it out to see all batches',
  });
}

function noSamples(): CnnError {
  return new CnnError('invalid-argument', {
    where: 'evaluate',
    expected: 'at least one batch',
    received: 'none',
    remedy: 'Check that the data set is not empty, and that an iterator is not walked twice',
  });
}
