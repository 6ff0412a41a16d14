import type { Batch, BatchSource, BatchSourceState } from '@cnn/core';
import type { DataLoader } from '@cnn/datasets';

/**
 * Training data whose loader may be exchanged while a run walks it. One with the same batches in the same order (only
 * its augmentation differs) takes over after the batch in hand; any other begins with the next epoch.
 */
export class LiveData implements BatchSource {
  #loader: DataLoader;
  #next: DataLoader | undefined;
  readonly #ofSize: (batchSize: number) => DataLoader;

  /** @param ofSize Makes a loader like `loader` of another batch size. */
  constructor(loader: DataLoader, ofSize: (batchSize: number) => DataLoader) {
    this.#loader = loader;
    this.#ofSize = ofSize;
  }

  /** Batches an epoch. */
  get length(): number {
    return this.#loader.length;
  }

  /** The loader that hands out batches now. */
  get loader(): DataLoader {
    return this.#loader;
  }

  /** Lets `loader` take over: at once where it can, else with the next epoch. */
  exchange(loader: DataLoader): void {
    this.#next = loader;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, void> {
    const begun = Number(this.#loader.state().position) > 0;
    if (this.#next && !begun) this.#takeOver(this.#next, { epoch: this.#loader.state().epoch ?? 0, position: 0 });
    for (let again = true; again; ) {
      again = false;
      for await (const batch of this.#loader) {
        const position = this.#loader.state(); // of the next batch, before whoever walks may ask for it
        yield batch;
        if (!this.#next || !sameBatches(this.#next, this.#loader)) continue;
        this.#takeOver(this.#next, position);
        again = true;
        break;
      }
    }
  }

  state(): BatchSourceState {
    return this.#loader.state();
  }

  /** Also in an epoch that began with another batch size: it ends with that. */
  restore(state: BatchSourceState): void {
    if (typeof state.batchSize === 'number' && state.batchSize !== this.#loader.batchSize) {
      this.#next = this.#loader;
      this.#loader = this.#ofSize(state.batchSize);
    }
    this.#loader.restore(state);
  }

  #takeOver(loader: DataLoader, position: BatchSourceState): void {
    loader.restore({ orderSeed: null, ...identity(loader), ...position, ...identity(loader) });
    this.#loader = loader;
    this.#next = undefined;
  }
}

function identity({ dataset, batchSize, shuffle, dropLast }: DataLoader): BatchSourceState {
  return { samples: dataset.length, batchSize, shuffle, dropLast };
}

function sameBatches(a: DataLoader, b: DataLoader): boolean {
  return JSON.stringify(identity(a)) === JSON.stringify(identity(b));
}
