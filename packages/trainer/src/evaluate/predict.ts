import { type Batch, EVALUATION, inferenceSession, type Module, withLayerPaths } from '@cnn/core';
import { softmax } from '@tensorflow/tfjs-core';

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
  const session = inferenceSession((images) => {
    const logits = withLayerPaths(model, () => model.forward(images, EVALUATION));
    return [logits, softmax(logits)];
  });
  try {
    for await (const batch of data) {
      const [logits, probabilities] = await session.run(batch.inputs.data, batch.inputs.shape);
      const classCount = logits!.shape.at(-1) ?? 1;
      yield { logits: logits!.data, probabilities: probabilities!.data, classCount, batch };
    }
  } finally {
    session.dispose();
  }
}
