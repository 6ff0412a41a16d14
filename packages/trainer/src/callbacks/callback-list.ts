import { CnnError } from '@cnn/core';
import type { Outcome } from '../run/outcome.ts';
import type { Run } from '../run/run.ts';
import type { Callback, SavedCheckpoint } from './callback.ts';

/** Hooks that are told nothing but the run. */
export type PlainHook =
  | 'onRunStart'
  | 'onEpochStart'
  | 'onStepEnd'
  | 'onValidationEnd'
  | 'onEpochEnd'
  | 'onTrainingEnd';

/** The callbacks of a run: calls their hooks in order, one at a time. */
export class CallbackList {
  readonly all: readonly Callback[];
  readonly #started: Callback[] = [];

  /** @throws CnnError `invalid-argument` when two callbacks have one name, or one has none. */
  constructor(callbacks: readonly Callback[]) {
    const names = new Set<string>();
    for (const { name } of callbacks) {
      if (!name || names.has(name)) {
        throw new CnnError('invalid-argument', {
          where: 'callbacks',
          expected: 'a unique name for each',
          received: name ? `"${name}" twice` : 'a callback without a name',
          remedy: 'Name the callback, or give the second one another name',
        });
      }
      names.add(name);
    }
    this.all = callbacks;
  }

  /** Calls `hook` of every callback that has it. `onTrainingEnd` goes in reverse order. */
  async call(hook: PlainHook, run: Run): Promise<void> {
    for (const callback of hook === 'onTrainingEnd' ? this.all.toReversed() : this.all) {
      if (hook === 'onRunStart') this.#started.push(callback);
      const called = callback[hook]?.(run);
      if (called) await called;
    }
  }

  async checkpointSaved(run: Run, saved: SavedCheckpoint): Promise<void> {
    for (const callback of this.all) await callback.onCheckpointSaved?.(run, saved);
  }

  /** Calls `onRunEnd` of every callback that was started, last first. One that throws does not silence the others. */
  async end(run: Run, outcome: Outcome): Promise<Error[]> {
    const errors: Error[] = [];
    for (const callback of this.#started.toReversed()) {
      try {
        await callback.onRunEnd?.(run, outcome);
      } catch (error) {
        errors.push(asError(error));
      }
    }
    return errors;
  }
}

/** What was thrown, as an `Error`. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
