import type { Callback } from './callback.ts';
import { rounded } from './readable.ts';

/** The rates of the groups from a step on. */
export type RateChange = {
  /** The first step with these rates, from 1. */
  readonly step: number;
  /** One a group. */
  readonly lr: readonly number[];
};

/** Keeps how the learning rates changed, for plots; says each change when `announce` is set. */
export function learningRateMonitor({ announce = false }: { announce?: boolean } = {}): Callback & {
  /** In the order of their steps; the first are the rates at the start. */
  readonly changes: readonly RateChange[];
} {
  let changes: RateChange[] = [];
  return {
    name: 'learning-rate-monitor',
    get changes() {
      return changes;
    },
    onRunStart(run) {
      if (run.state.step === 0) changes = [{ step: run.state.step + 1, lr: run.state.lr }];
    },
    onStepEnd(run) {
      const { lr, step } = run.state;
      const former = changes.at(-1)!.lr;
      if (lr.every((rate, group) => rate === former[group])) return;
      changes.push({ step: step + 1, lr });
      if (announce)
        run.notice(
          `learning rate ${former.map(rounded).join(', ')} → ${lr.map(rounded).join(', ')} after step ${step}`,
        );
    },
    onEpochEnd(run) {
      this.onStepEnd!(run);
    },
    saveState: () => changes.map(({ step, lr }) => ({ step, lr })),
    loadState(state) {
      changes = [...(state as readonly RateChange[])];
    },
  };
}
