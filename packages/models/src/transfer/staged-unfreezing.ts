import { CnnError, type Module } from '@cnn/core';
import { freeze, unfreeze } from './freeze.ts';
import type { PathPatterns } from './path-pattern.ts';

/** What thaws when. */
export interface UnfreezingStage {
  /** Number of the epoch before which it thaws, from 1. */
  readonly epoch: number;
  /** Paths of what thaws, with `*` and `**`. */
  readonly unfreeze: PathPatterns;
}

/** As much of a run as this callback needs. `Run` of `@cnn/trainer` is one. */
export interface UnfreezingRun {
  /** What is being trained. */
  readonly model: Module;
  /** What the run knows of itself. */
  readonly state: {
    /** Number of the epoch under way, from 1; 0 before the first. */
    readonly epoch: number;
  };
  /** Tells whoever watches the run what has thawed. */
  notice?(message: string): void;
}

/** A callback of `@cnn/trainer`. */
export interface StagedUnfreezing {
  /** `staged-unfreezing`. */
  readonly name: string;
  /** Freezes the model, then thaws all that is due by the run's epoch: a resumed run finds what it left. */
  onRunStart(run: UnfreezingRun): void;
  /** Thaws what is due before this epoch. */
  onEpochStart(run: UnfreezingRun): void;
}

/**
 * Freezes the whole model and thaws it part by part, the head first. What is thawed follows from the epoch alone, so that
 * a resumed run goes on as it would have. Give the optimizer all parameters: frozen ones do not move.
 *
 * @example
 * stagedUnfreezing([
 *   { epoch: 1, unfreeze: 'fc' },
 *   { epoch: 4, unfreeze: 'layer4' },
 *   { epoch: 6, unfreeze: '**' },
 * ]);
 * @throws CnnError `invalid-argument` unless something thaws before epoch 1; in the run, for a pattern without meaning.
 * @see Howard and Ruder, Universal Language Model Fine-tuning, 2018, https://arxiv.org/abs/1801.06146
 */
export function stagedUnfreezing(stages: readonly UnfreezingStage[]): StagedUnfreezing {
  if (!stages.some(({ epoch }) => epoch <= 1)) {
    throw new CnnError('invalid-argument', {
      where: 'stagedUnfreezing',
      expected: 'a stage for epoch 1',
      received: stages.length === 0 ? 'no stages' : `epochs ${stages.map(({ epoch }) => epoch).join(', ')}`,
      remedy: "Begin with the head, for example { epoch: 1, unfreeze: 'fc' }",
    });
  }
  const thaw = (run: UnfreezingRun, isDue: (epoch: number) => boolean): void => {
    for (const stage of stages.filter(({ epoch }) => isDue(epoch))) {
      const layers = unfreeze(run.model, stage.unfreeze);
      if (layers.length > 0) run.notice?.(`Unfroze ${layers.length} layers before epoch ${stage.epoch}.`);
    }
  };
  return {
    name: 'staged-unfreezing',
    onRunStart(run) {
      freeze(run.model);
      thaw(run, (epoch) => epoch <= Math.max(1, run.state.epoch));
    },
    onEpochStart(run) {
      thaw(run, (epoch) => epoch === run.state.epoch);
    },
  };
}
