import type { JsonValue, StateDict } from '@cnn/core';
import type { Outcome } from '../run/outcome.ts';
import type { Run } from '../run/run.ts';

/** A checkpoint that was just written. */
export interface SavedCheckpoint {
  /** In the run's store. */
  readonly name: string;
  /** Updates done when it was taken. */
  readonly step: number;
  /** Of the file. */
  readonly sizeBytes: number;
}

/**
 * Something that watches a run, or steers it. A plain object: a unique name, and those hooks that it needs. Hooks are
 * awaited one at a time, in the order of the list; those of the end in reverse. A hook that throws ends the run as failed.
 *
 * Guaranteed: what a hook sees in `run.state` is final for its moment, so that the order among callbacks that only watch
 * changes nothing; `onRunEnd` is called exactly once whenever `onRunStart` was, however the run ended, also when
 * another callback throws; checkpoints are written after all callbacks have seen the moment they belong to.
 *
 * @example
 * const everyEpoch: Callback = { name: 'every-epoch', onEpochEnd: (run) => report(run.state.train.loss) };
 */
export interface Callback {
  /** Unique among the callbacks of a run; the key under which its state is saved. */
  readonly name: string;
  /** Before the first batch, after a resumed run has taken up its state. */
  onRunStart?(run: Run): void | Promise<void>;
  /** Before an epoch's first batch; not when a run is resumed within it. */
  onEpochStart?(run: Run): void | Promise<void>;
  /** After every optimizer update. `run.state.lastLoss` is null where the loss was left on the device. */
  onStepEnd?(run: Run): void | Promise<void>;
  /** `run.state.validation` is fresh. */
  onValidationEnd?(run: Run): void | Promise<void>;
  /** `run.state.history` has the epoch. */
  onEpochEnd?(run: Run): void | Promise<void>;
  /** A file was written to the run's store. */
  onCheckpointSaved?(run: Run, saved: SavedCheckpoint): void | Promise<void>;
  /** Training is over (completed or stopped) and the test is next: the moment to exchange weights. In reverse order. */
  onTrainingEnd?(run: Run): void | Promise<void>;
  /** The run is over, however it ended. In reverse order. */
  onRunEnd?(run: Run, outcome: Outcome): void | Promise<void>;
  /** What a resumed run needs to go on as if it had never stopped. */
  saveState?(): JsonValue | Promise<JsonValue>;
  /** Called before `onRunStart` with what `saveState` returned. */
  loadState?(state: JsonValue): void | Promise<void>;
  /** Tensors that belong to the state, for example the best weights. Saved beside the weights of the model. */
  saveTensors?(): StateDict | Promise<StateDict>;
  /** Called before `onRunStart`, with what `saveTensors` returned. */
  loadTensors?(tensors: StateDict): void | Promise<void>;
}

/**
 * Identity, for inference.
 *
 * @typeParam Definition A callback, or a factory of one from its options.
 */
export function defineCallback<Definition extends Callback | ((...options: never[]) => Callback)>(
  definition: Definition,
): Definition {
  return definition;
}
