import { readSafetensors, type StateDict, writeSafetensors } from '@cnn/core';
import type { CheckpointStore } from '@cnn/trainer';

const SUFFIX = '.safetensors';

/**
 * Keeps the weights that networks had, each under the name of its run and its step. What is kept here is to be looked
 * at, and no run depends on it: where storage is refused, nothing is kept and nobody is told.
 */
export class HistoryShelf {
  readonly #open: () => Promise<CheckpointStore | undefined>;
  #store: Promise<CheckpointStore | undefined> | undefined;

  /** @param open Gives what keeps them; undefined where nothing does. Called when it is needed. */
  constructor(open: () => Promise<CheckpointStore | undefined>) {
    this.#open = open;
  }

  /** @returns False where they are not kept. */
  async write(run: string, step: number, state: StateDict): Promise<boolean> {
    return (
      (await this.#attempt((store) => store.write(nameOf(run, step), writeSafetensors(state)).then(() => true))) ??
      false
    );
  }

  /** The weights of `run` after `step`; undefined where they are not kept. */
  async read(run: string, step: number): Promise<StateDict | undefined> {
    const bytes = await this.#attempt((store) => store.read(nameOf(run, step)));
    return bytes && readSafetensors(bytes).tensors;
  }

  async remove(run: string, step: number): Promise<void> {
    await this.#attempt((store) => store.remove(nameOf(run, step)));
  }

  /** Steps of `run` that are kept. */
  async steps(run: string): Promise<ReadonlySet<number>> {
    const names = (await this.#attempt((store) => store.list())) ?? [];
    const own = names.filter((name) => name.startsWith(`${run}/`));
    return new Set(own.map((name) => Number(name.slice(run.length + 1, -SUFFIX.length))));
  }

  /** Forgets every run but these. */
  async keepOnly(runs: ReadonlySet<string | undefined>): Promise<void> {
    const names = (await this.#attempt((store) => store.list())) ?? [];
    for (const name of names) {
      if (!runs.has(name.slice(0, name.indexOf('/')))) await this.#attempt((store) => store.remove(name));
    }
  }

  async #attempt<Result>(work: (store: CheckpointStore) => Promise<Result>): Promise<Result | undefined> {
    try {
      this.#store ??= this.#open();
      const store = await this.#store;
      return store && (await work(store));
    } catch {
      this.#store = Promise.resolve(undefined);
      return undefined;
    }
  }
}

function nameOf(run: string, step: number): string {
  return `${run}/${step}${SUFFIX}`;
}
