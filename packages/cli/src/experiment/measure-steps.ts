import { type Batch, EVALUATION, Generator, inferenceSession, type Module } from '@cnn/core';
import { type Loss, type Optimizer, type StopWatch, supervisedStep } from '@cnn/trainer';
import { dispose } from '@tensorflow/tfjs-core';

const NO_WATCH: StopWatch = { start: () => {}, stop: () => {} };

/** How long something took, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

export interface MeasuredParts {
  readonly model: Module;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Walked round and round. */
  readonly batches: readonly Batch[];
}

/**
 * Times whole training steps in steady state: upload, forward pass, loss, backward pass, update, and the loss read back
 * so that the device is done. The first `warmUpSteps` do not count.
 */
export async function measureTraining(
  { model, loss, optimizer, batches }: MeasuredParts,
  { steps, warmUpSteps }: { steps: number; warmUpSteps: number },
): Promise<Timing> {
  const step = supervisedStep({ model, loss, optimizer });
  const generator = new Generator(0);
  return measure(steps, warmUpSteps, async (index) => {
    const batch = batches[index % batches.length]!;
    const { loss: value, logits } = step(batch, { generator, part: { index: 0, count: 1 }, watch: NO_WATCH });
    await value.data(); // read-back: the step is over when its loss is known
    dispose(logits ? [value, logits] : [value]);
  });
}

/** Times forward passes in evaluation mode as `predict` makes them, from the upload of a batch to its logits on the host. */
export async function measureInference(
  { model, batches }: Pick<MeasuredParts, 'model' | 'batches'>,
  { steps, warmUpSteps }: { steps: number; warmUpSteps: number },
): Promise<Timing> {
  const session = inferenceSession((images) => model.forward(images, EVALUATION));
  try {
    return await measure(steps, warmUpSteps, async (index) => {
      const { inputs } = batches[index % batches.length]!;
      await session.run(inputs.data, inputs.shape);
    });
  } finally {
    session.dispose();
  }
}

async function measure(steps: number, warmUpSteps: number, run: (index: number) => Promise<void>): Promise<Timing> {
  const durations: number[] = [];
  for (let index = 0; index < warmUpSteps + steps; index++) {
    const start = performance.now();
    await run(index);
    if (index >= warmUpSteps) durations.push(performance.now() - start);
  }
  durations.sort((a, b) => a - b);
  const quantile = (share: number) => durations[Math.min(durations.length - 1, Math.floor(share * durations.length))]!;
  return { median: quantile(0.5), p10: quantile(0.1), p90: quantile(0.9) };
}
