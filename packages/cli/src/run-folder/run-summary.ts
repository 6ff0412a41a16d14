import type { BackendDetails, Module } from '@cnn/core';
import type { Outcome } from '@cnn/trainer';

/** The content of `summary.json`: what came of a run. */
export interface RunSummary {
  readonly status: Outcome['status'];
  readonly reason: string;
  /** Finished. */
  readonly epochs: number;
  /** Optimizer updates. */
  readonly steps: number;
  readonly best: { readonly metric: string; readonly value: number; readonly epoch: number } | null;
  /** Loss and metrics on the test set. */
  readonly test: Readonly<Record<string, number>> | null;
  /** Elements of all parameters. */
  readonly parameters: number;
  readonly seconds: number;
  readonly imagesPerSecond: number;
  readonly backend: string;
  readonly threads: number;
}

/** Puts the summary of a run together. */
export function runSummary(
  outcome: Outcome,
  { model, backend }: { model: Module; backend: BackendDetails },
): RunSummary {
  const { status, reason, epochs, steps, best, test, seconds, imagesPerSecond } = outcome;
  return {
    status,
    reason,
    epochs,
    steps,
    best: best && { metric: best.metric, value: best.value, epoch: best.epoch },
    test,
    parameters: model.parameters().reduce((sum, { size }) => sum + size, 0),
    seconds: round(seconds, 3),
    imagesPerSecond: round(imagesPerSecond, 1),
    backend: backend.name,
    threads: backend.threads,
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
