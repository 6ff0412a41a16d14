import type { Batch } from '@cnn/core';
import { dispose, type Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { StepResult } from '../step/step.ts';
import { hitCount } from './hit-count.ts';
import type { BatchReading } from './run-fact.ts';

/**
 * Keeps losses and logits of training batches on the device until they are wanted, so that a step does not wait for the
 * one before. The only place where a training step's results come to the host.
 */
export class ReadBack {
  readonly #pending: { result: StepResult; targets: Batch['targets']; samples: number; step: number }[] = [];

  /** Takes over the tensors that a step gave for `batch`. */
  push(given: Scalar | StepResult, batch: Batch, step: number): void {
    const result = given instanceof Tensor ? { loss: given } : given;
    this.#pending.push({ result, targets: batch.targets, samples: batch.size, step });
  }

  get size(): number {
    return this.#pending.length;
  }

  /** Reads what was pushed since the last flush, in order, and disposes it. Waits for the device. */
  async flush(): Promise<BatchReading[]> {
    const readings = await Promise.all(
      this.#pending.map(async ({ result, targets, samples, step }) => {
        // read-back
        const [[loss], logits] = await Promise.all([result.loss.data<'float32'>(), result.logits?.data<'float32'>()]);
        return { loss: loss!, samples, step, correct: logits ? hitCount(logits, targets) : null };
      }),
    );
    this.dispose();
    return readings;
  }

  /** Drops what is pending. */
  dispose(): void {
    for (const { result } of this.#pending.splice(0)) dispose([result.loss, ...(result.logits ? [result.logits] : [])]);
  }
}
