import { type Batch, EVALUATION, type Module } from '@cnn/core';
import { softmax, tensor, tidy } from '@tensorflow/tfjs-core';

/** What a model says of one batch. */
export interface BatchPrediction {
  /** Scores `[N, classes]`, row-major. */
  readonly logits: Float32Array;
  /** Softmax of the scores over the classes, `[N, classes]`, row-major. */
  readonly probabilities: Float32Array;
  /** Length of a row of `logits`. */
  readonly classCount: number;
  /** What was predicted from. */
  readonly batch: Batch;
}

/**
 * Predictions for each batch of `data`, in evaluation mode, as they are made.
 *
 * @example
 * for await (const { probabilities } of predict(model, loader)) show(probabilities);
 */
export async function* predict(
  model: Module,
  data: AsyncIterable<Batch> | Iterable<Batch>,
): AsyncGenerator<BatchPrediction, void, void> {
  for await (const batch of data) {
    const [scores, shares] = tidy(() => {
      const logits = model.forward(tensor(batch.inputs.data, [...batch.inputs.shape]), EVALUATION);
      return [logits, softmax(logits)];
    });
    try {
      const [logits, probabilities] = await Promise.all([scores!.data<'float32'>(), shares!.data<'float32'>()]); // read-back
      yield { logits, probabilities, classCount: scores!.shape.at(-1) ?? 1, batch };
    } finally {
      scores!.dispose();
      shares!.dispose();
    }
  }
}
