import { LAST_CHECKPOINT } from '../checkpoint/write-checkpoints.ts';
import { improves, type MonitorOptions, monitoredValue, resolveMonitor } from '../run/monitor.ts';
import type { Run } from '../run/run.ts';
import type { Callback } from './callback.ts';
import { checkNamePattern, checkpointName } from './checkpoint-name.ts';

/** When to write checkpoints, and which to keep. */
export interface CheckpointOptions extends MonitorOptions {
  /** Keep the best epoch so far as `best.safetensors`. */
  readonly best?: boolean;
  /** Also write `last.safetensors` after every so many updates. */
  readonly everySteps?: number | null;
  /** Also write `last.safetensors` when so many minutes have passed since. */
  readonly everyMinutes?: number | null;
  /** Keep the best so many epochs under names of their own, and remove those that fall behind. */
  readonly topK?: number;
  /** Names of those, see `checkpointName`: `{epoch}`, `{step}`, `{validation.loss:4}`. */
  readonly fileName?: string;
}

/** A file that is kept for its value. */
type Kept = { readonly name: string; readonly value: number };

type CheckpointCallbackState = {
  readonly best: number | null;
  readonly kept: readonly Kept[];
  readonly savedAtSeconds: number;
};

/** The name of the best checkpoint. */
export const BEST_CHECKPOINT = 'best.safetensors';

const NOTHING_SAVED: CheckpointCallbackState = { best: null, kept: [], savedAtSeconds: 0 };

/**
 * Writes checkpoints to the run's store: `last.safetensors`, from which a run goes on, at the end of every epoch and as
 * often as asked; `best.safetensors` and the top k by the monitored metric at the end of an epoch.
 */
export function checkpoint(options: CheckpointOptions = {}): Callback {
  const { best = true, everySteps = null, everyMinutes = null, topK = 0 } = options;
  const { fileName = 'epoch-{epoch}-step-{step}.safetensors' } = options;
  checkNamePattern(fileName);
  let saved = NOTHING_SAVED;

  const keepTop = (run: Run, value: number, mode: 'min' | 'max'): void => {
    const sign = mode === 'min' ? 1 : -1;
    const entry = { name: checkpointName(fileName, run.state), value };
    const ranked = [...saved.kept, entry].sort((a, b) => sign * (a.value - b.value));
    const kept = ranked.slice(0, topK);
    if (kept.includes(entry)) run.requestCheckpoint(entry.name);
    for (const { name } of ranked.slice(topK)) if (name !== entry.name) run.removeCheckpoint(name);
    saved = { ...saved, kept };
  };

  return {
    name: 'checkpoint',
    onRunStart(run) {
      saved = { ...saved, savedAtSeconds: run.state.seconds };
    },
    onStepEnd(run) {
      const { step, seconds } = run.state;
      const stepsAreDue = everySteps !== null && step % everySteps === 0;
      const minutesAreDue = everyMinutes !== null && seconds - saved.savedAtSeconds >= everyMinutes * 60;
      if (!stepsAreDue && !minutesAreDue) return;
      saved = { ...saved, savedAtSeconds: seconds };
      run.requestCheckpoint(LAST_CHECKPOINT);
    },
    onEpochEnd(run) {
      const { monitor, mode } = resolveMonitor(options, run.plan.monitor);
      const value = monitoredValue(run.state, monitor);
      if (best && improves(value, saved.best, mode)) {
        saved = { ...saved, best: value };
        run.requestCheckpoint(BEST_CHECKPOINT);
      }
      if (topK > 0 && !Number.isNaN(value)) keepTop(run, value, mode);
      saved = { ...saved, savedAtSeconds: run.state.seconds };
      run.requestCheckpoint(LAST_CHECKPOINT);
    },
    onRunEnd() {
      saved = NOTHING_SAVED;
    },
    saveState: () => ({ best: saved.best, kept: saved.kept }),
    loadState(state) {
      saved = { ...NOTHING_SAVED, ...(state as Pick<CheckpointCallbackState, 'best' | 'kept'>) };
    },
  };
}
