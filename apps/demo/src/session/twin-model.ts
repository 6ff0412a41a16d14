import type { Module } from '@cnn/core';
import type { OpenRun } from './open-run.ts';
import type { WeightSnapshot } from './weight-history.ts';

/** A second network of a run's make, that takes on weights of the past while the first one trains on. */
export class TwinModel {
  #run: OpenRun | undefined;
  #model: Module | undefined;
  #loaded: WeightSnapshot['state'] | undefined;

  /** The twin of `run` with these weights. It is this object's: use it before the next call, and do not dispose it. */
  with(run: OpenRun, state: WeightSnapshot['state']): Module {
    if (this.#run !== run) {
      this.dispose();
      this.#run = run;
      this.#model = run.createTwin();
    }
    const model = this.#model!;
    if (this.#loaded !== state) model.loadStateDict(state);
    this.#loaded = state;
    return model;
  }

  dispose(): void {
    this.#model?.dispose();
    this.#run = undefined;
    this.#model = undefined;
    this.#loaded = undefined;
  }
}
