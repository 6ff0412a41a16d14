import { usualMode } from '../run/monitor.ts';
import type { Schedule } from './schedule.ts';

/** Options of the reduction on a plateau, as PyTorch's. */
export interface ReduceLROnPlateauOptions {
  /** The metric to watch: `validation.<name>`, or `train.<name>` for a run without validation. */
  readonly monitor?: string;
  /** Default: `min` for losses, else `max`. */
  readonly mode?: 'min' | 'max';
  /** Default 0.1. */
  readonly factor?: number;
  /** Times in a row without improvement that are let pass. */
  readonly patience?: number;
  /** What counts as an improvement must be larger. Default 1e-4. */
  readonly threshold?: number;
  /** Whether the threshold is a share of the best value or a difference. */
  readonly thresholdMode?: 'rel' | 'abs';
  /** Times after a reduction in which nothing counts. */
  readonly cooldown?: number;
  /** The rate is not reduced below it. Default 0. */
  readonly minLr?: number;
  /** A reduction by no more than this is left out. */
  readonly eps?: number;
}

type PlateauState = { readonly best: number | null; readonly bad: number; readonly cooling: number };

/**
 * Multiplies the rate by `factor` when a metric has stopped improving.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Schedule {
  const { monitor = 'validation.loss', factor = 0.1, patience = 10, cooldown = 0, minLr = 0, eps = 1e-8 } = options;
  const isBetter = improvement({ ...options, mode: options.mode ?? usualMode(monitor) });
  return {
    every: monitor.startsWith('train.') ? 'epoch' : 'validation',
    monitor,
    start(groups) {
      let state: PlateauState = { best: null, bad: 0, cooling: 0 };
      return {
        advance(measure = Number.NaN) {
          let { best, bad, cooling } = state;
          if (isBetter(measure, best)) [best, bad] = [measure, 0];
          else bad++;
          if (cooling > 0) [cooling, bad] = [cooling - 1, 0];
          if (bad > patience) {
            [cooling, bad] = [cooldown, 0];
            for (const group of groups) {
              const reduced = Math.max(group.lr * factor, minLr);
              if (group.lr - reduced > eps) group.lr = reduced;
            }
          }
          state = { best, bad, cooling };
        },
        state: () => state,
        restore(saved) {
          state = saved as PlateauState;
        },
      };
    },
  };
}

function improvement({
  mode,
  threshold = 1e-4,
  thresholdMode = 'rel',
}: ReduceLROnPlateauOptions): (value: number, best: number | null) => boolean {
  return (value, best) => {
    if (best === null) return !Number.isNaN(value);
    if (thresholdMode === 'abs') return mode === 'min' ? value < best - threshold : value > best + threshold;
    return mode === 'min' ? value < best * (1 - threshold) : value > best * (threshold + 1);
  };
}
