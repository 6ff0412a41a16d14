import { FirstBatches } from '../data/first-batches.ts';
import type { FitOptions } from './fit-options.ts';

/** The options that `fastDevRun` and `overfitBatches` stand for. */
export function applyDebugFlags(options: FitOptions): FitOptions {
  const { fastDevRun = false, overfitBatches = 0 } = options;
  if (fastDevRun !== false && fastDevRun !== 0) {
    const batches = fastDevRun === true ? 1 : fastDevRun;
    return {
      ...options,
      epochs: 1,
      maxSteps: null,
      logEverySteps: 1,
      limits: { train: batches, validation: batches, test: batches },
      store: null,
      resume: false,
      overfitBatches: 0,
    };
  }
  if (overfitBatches === 0) return options;
  const data = new FirstBatches(options.data, overfitBatches);
  return {
    ...options,
    data,
    ...(options.validation ? { validation: { [Symbol.asyncIterator]: () => data.again() } } : {}),
  };
}
