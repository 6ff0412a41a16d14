import { type BatchSource, CnnError, type Module } from '@cnn/core';
import { fit } from '../fit/fit.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { optimizerSnapshot } from './optimizer-snapshot.ts';

/** Which batch sizes are tried, and how. */
export interface BatchSizeFinderOptions extends Pick<FitOptions, 'loss' | 'step' | 'seed' | 'signal'> {
  /** Trained for a few steps, and put back. */
  readonly model: Module;
  /** Used, and put back. */
  readonly optimizer: Optimizer;
  /** Batches of that many samples. */
  readonly dataFor: (batchSize: number) => BatchSource;
  /** The first size. Default 1. */
  readonly minBatchSize?: number;
  /** No size above it is tried. Default 1024. */
  readonly maxBatchSize?: number;
  /** Steps timed at each size, after one that warms up. */
  readonly steps?: number;
}

/** A size that was tried. */
export interface BatchSizeTrial {
  /** Samples a batch. */
  readonly batchSize: number;
  /** Samples trained on per second; null where it failed. */
  readonly imagesPerSecond: number | null;
  /** Why it failed. */
  readonly error: Error | null;
}

/** What was found. */
export interface BatchSizeFinding {
  /** In the order of their sizes. */
  readonly trials: readonly BatchSizeTrial[];
  /** The largest size that ran. */
  readonly largest: number;
  /** The smallest size that trains at 95 % of the best rate or more: larger ones cost memory and gain no speed. */
  readonly suggestion: number;
}

/**
 * Doubles the batch size until memory is exhausted or the limit is reached, and times each. Weights and optimizer are then as they were.
 *
 * @throws Whatever the smallest size fails with; errors other than exhausted memory at any size.
 */
export async function findBatchSize({
  model,
  optimizer,
  dataFor,
  minBatchSize = 1,
  maxBatchSize = 1024,
  steps = 5,
  ...options
}: BatchSizeFinderOptions): Promise<BatchSizeFinding> {
  const weights = await model.stateDict();
  const restoreOptimizer = await optimizerSnapshot(optimizer);
  const trials: BatchSizeTrial[] = [];
  try {
    for (let batchSize = minBatchSize; batchSize <= maxBatchSize; batchSize *= 2) {
      const trial = await time({ ...options, model, optimizer, data: dataFor(batchSize) }, batchSize, steps);
      trials.push(trial);
      if (trial.error === null) continue;
      if (trials.length === 1 || !isOutOfMemory(trial.error)) throw trial.error;
      break;
    }
  } finally {
    model.loadStateDict(weights);
    restoreOptimizer();
  }
  const ran = trials.filter(({ imagesPerSecond }) => imagesPerSecond !== null);
  const best = Math.max(...ran.map(({ imagesPerSecond }) => imagesPerSecond!));
  return {
    trials,
    largest: ran.at(-1)!.batchSize,
    suggestion: ran.find(({ imagesPerSecond }) => imagesPerSecond! >= 0.95 * best)!.batchSize,
  };
}

async function time(options: FitOptions, batchSize: number, steps: number): Promise<BatchSizeTrial> {
  let startedAt = 0;
  let samples = 0;
  let endedAt = 0;
  const outcome = await fit({
    ...options,
    epochs: Number.MAX_SAFE_INTEGER,
    maxSteps: steps + 1,
    logEverySteps: 1,
    callbacks: [
      {
        name: 'stop-watch',
        onStepEnd({ state }) {
          endedAt = performance.now();
          if (state.step === 1) [startedAt, samples] = [endedAt, -state.samplesSeen];
        },
        onRunEnd({ state }) {
          samples += state.samplesSeen;
        },
      },
    ],
  });
  const error = outcome.errors[0] ?? null;
  return { batchSize, imagesPerSecond: error ? null : samples / ((endedAt - startedAt) / 1000), error };
}

function isOutOfMemory(error: Error): boolean {
  return (error instanceof CnnError && error.code === 'out-of-memory') || error instanceof RangeError;
}
