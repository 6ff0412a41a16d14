import { type Batch, EVALUATION, Generator, inferenceSession, type Module } from '@cnn/core';
import { type Loss, type Optimizer, type StopWatch, supervisedStep } from '@cnn/trainer';
import { dispose } from '@tensorflow/tfjs-core';

/** JavaScript engines compile what runs often: a training step has its last speed after some 300 repetitions. */
const WARM_UP_STEPS = 300;
/** Slow steps are over sooner: what is interpreted hardly counts there. */
const WARM_UP_MS = 5000;

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
 * so that the device is done. What it takes to warm up does not count.
 */
export async function measureTraining(
  { model, loss, optimizer, batches }: MeasuredParts,
  { steps }: { readonly steps: number },
): Promise<Timing> {
  const step = supervisedStep({ model, loss, optimizer });
  const generator = new Generator(0);
  return measure(steps, async (index) => {
    const batch = batches[index % batches.length]!;
    const { loss: value, logits } = step(batch, { generator, part: { index: 0, count: 1 }, watch: NO_WATCH });
    await value.data(); // read-back: the step is over when its loss is known
    dispose(logits ? [value, logits] : [value]);
  });
}

/** Times forward passes in evaluation mode as `predict` makes them, from the upload of a batch to its logits on the host. */
export async function measureInference(
  { model, batches }: Pick<MeasuredParts, 'model' | 'batches'>,
  { steps }: { readonly steps: number },
): Promise<Timing> {
  const session = inferenceSession((images) => model.forward(images, EVALUATION));
  try {
    return await measure(steps, async (index) => {
      const { inputs } = batches[index % batches.length]!;
      await session.run(inputs.data, inputs.shape);
    });
  } finally {
    session.dispose();
  }
}

async function measure(steps: number, run: (index: number) => Promise<void>): Promise<Timing> {
  const begun = performance.now();
  let index = 0;
  do await run(index++);
  while (index < WARM_UP_STEPS && performance.now() - begun < WARM_UP_MS);
  const durations: number[] = [];
  while (durations.length < steps) {
    const start = performance.now();
    await run(index++);
    durations.push(performance.now() - start);
  }
  durations.sort((a, b) => a - b);
  const quantile = (share: number) => durations[Math.min(durations.length - 1, Math.floor(share * durations.length))]!;
  return { median: quantile(0.5), p10: quantile(0.1), p90: quantile(0.9) };
}
