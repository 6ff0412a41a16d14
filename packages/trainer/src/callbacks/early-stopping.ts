import type { StateDict } from '@cnn/core';
import { improves, type MonitorOptions, monitoredValue, resolveMonitor } from '../run/monitor.ts';
import type { Callback } from './callback.ts';

/** When to stop early. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs in a row without improvement after which the run stops. */
  readonly patience?: number;
  /** What counts as an improvement must be larger than this. */
  readonly minDelta?: number;
  /** Epochs after an improvement that do not count against the patience. */
  readonly cooldown?: number;
}

type EarlyStoppingState = {
  readonly best: number | null;
  readonly bestEpoch: number;
  readonly badEpochs: number;
  readonly lastEpoch: number;
};

const NOTHING_SEEN: EarlyStoppingState = { best: null, bestEpoch: 0, badEpochs: 0, lastEpoch: 0 };

/**
 * Stops a run that no longer improves. However training ends, early or after all epochs, the model then holds the
 * weights of the best epoch, and a notice says so.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const { patience = 3, minDelta = 0, cooldown = 0 } = options;
  const patient = Math.max(1, patience); // with 0, the first epoch without improvement is the last
  let seen = NOTHING_SEEN;
  let bestWeights: StateDict | null = null;
  const impatience = (metric: string): string | null =>
    seen.badEpochs < patient
      ? null
      : `early stopping: ${metric} has not improved for ${seen.badEpochs} epochs (best ${format(seen.best)} in epoch ${seen.bestEpoch})`;

  return {
    name: 'early-stopping',
    onRunStart(run) {
      // A run that was killed after it had decided to stop.
      const reason = seen.lastEpoch > 0 && impatience(resolveMonitor(options, run.plan.monitor).monitor);
      if (reason) run.requestStop(reason);
    },
    async onEpochEnd(run) {
      const { monitor, mode } = resolveMonitor(options, run.plan.monitor);
      const value = monitoredValue(run.state, monitor);
      const { epoch } = run.state;
      if (improves(value, seen.best, mode, minDelta)) {
        seen = { best: value, bestEpoch: epoch, badEpochs: 0, lastEpoch: epoch };
        bestWeights = await run.weights();
        return;
      }
      const counts = epoch - seen.bestEpoch > cooldown;
      seen = { ...seen, badEpochs: seen.badEpochs + (counts ? 1 : 0), lastEpoch: epoch };
      const reason = impatience(monitor);
      if (reason) run.requestStop(reason);
    },
    onTrainingEnd(run) {
      if (!bestWeights) return;
      const { monitor } = resolveMonitor(options, run.plan.monitor);
      run.model.loadStateDict(bestWeights);
      run.notice(`early stopping: restored the weights of epoch ${seen.bestEpoch} (${monitor} ${format(seen.best)})`);
    },
    onRunEnd() {
      seen = NOTHING_SEEN;
      bestWeights = null;
    },
    saveState: () => seen,
    loadState(state) {
      seen = state as EarlyStoppingState;
    },
    saveTensors: () => bestWeights ?? new Map(),
    loadTensors(tensors) {
      bestWeights = tensors.size > 0 ? tensors : null;
    },
  };
}

function format(value: number | null): string {
  return value === null ? 'never' : String(Number(value.toPrecision(5)));
}
