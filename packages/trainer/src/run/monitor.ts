import { CnnError } from '@cnn/core';
import type { RunState } from './run-state.ts';

/** Which number decides what is best. */
export interface MonitorOptions {
  /** `train.loss`, `train.accuracy`, `validation.loss`, `validation.<metric>`. */
  readonly monitor?: string;
  /** Whether less or more is better. Default: `min` for losses, else `max`. */
  readonly mode?: 'min' | 'max';
}

/** Fills in what is left out: the metric of `preset`, and the mode that goes with the metric's name. */
export function resolveMonitor(
  { monitor, mode }: MonitorOptions,
  preset: Required<MonitorOptions>,
): Required<MonitorOptions> {
  if (monitor === undefined) return { monitor: preset.monitor, mode: mode ?? preset.mode };
  return { monitor, mode: mode ?? usualMode(monitor) };
}

/** Less of a loss is better, more of anything else. */
export function usualMode(monitor: string): 'min' | 'max' {
  return /loss|error/i.test(monitor) ? 'min' : 'max';
}

/**
 * The present value of a monitored metric.
 *
 * @throws CnnError `invalid-argument` naming the metrics there are.
 */
export function monitoredValue({ train, validation }: RunState, monitor: string): number {
  const known = new Map<string, number>([
    ['train.loss', train.loss],
    ['train.lossSum', train.lossSum],
    ['train.accuracy', train.accuracy],
    ...Object.entries(validation ?? {}).map(([name, value]): [string, number] => [`validation.${name}`, value]),
  ]);
  const value = known.get(monitor);
  if (value !== undefined) return value;
  throw new CnnError('invalid-argument', {
    where: 'monitor',
    expected: `one of ${[...known.keys()].join(', ')}`,
    received: monitor,
    remedy: validation
      ? 'Monitor a metric that the run computes'
      : 'Give the run validation data, or monitor train.loss',
  });
}

/** Whether `value` is better than `best` by more than `minDelta`. NaN is never better. */
export function improves(value: number, best: number | null, mode: 'min' | 'max', minDelta = 0): boolean {
  if (Number.isNaN(value)) return false;
  if (best === null) return true;
  return mode === 'min' ? value < best - minDelta : value > best + minDelta;
}
