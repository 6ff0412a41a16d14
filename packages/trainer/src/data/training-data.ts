import { type Batch, type BatchSource, type BatchSourceState, CnnError } from '@cnn/core';

/** Where the walk over the training data stands. */
export interface TrainingDataState {
  /** The source's own account of its position; null where it keeps none. */
  readonly position: BatchSourceState | null;
  /** True when the epoch is over although the source had more batches: it was limited. */
  readonly left: boolean;
}

/** Walks the training data in groups of batches, one group an optimizer update, and knows where it stands. */
export class TrainingData {
  readonly #source: BatchSource;
  readonly #groupSize: number;
  readonly #limit: number;
  /** Position at the moment when the walk was left: the source may forget it when it is told. */
  #leftAt: BatchSourceState | null | undefined;

  constructor(source: BatchSource, { groupSize, limit }: { groupSize: number; limit: number | null }) {
    this.#source = source;
    this.#groupSize = groupSize;
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
  }

  /** Batches an epoch, where it is known. */
  get batchesPerEpoch(): number | null {
    const length = this.#source.length;
    if (length === undefined) return Number.isFinite(this.#limit) ? this.#limit : null;
    return Math.min(length, this.#limit);
  }

  /**
   * The groups of an epoch from the `done`-th batch on. No batch is fetched before `mayProceed` said yes, so that a
   * position saved between groups is the position of the next one.
   */
  async *groups(done: number, mayProceed: () => Promise<boolean>): AsyncGenerator<Batch[], void, void> {
    this.#leftAt = undefined;
    const iterator = this.#source[Symbol.asyncIterator]();
    let remaining = this.#limit - done;
    let exhausted = false;
    try {
      while (!exhausted && remaining > 0 && (await mayProceed())) {
        const group: Batch[] = [];
        while (!exhausted && group.length < Math.min(this.#groupSize, remaining)) {
          const { done: isLast, value } = await iterator.next();
          if (isLast) exhausted = true;
          else group.push(value);
        }
        remaining -= group.length;
        if (group.length > 0) yield group;
      }
    } finally {
      if (!exhausted) {
        this.#leftAt = this.#source.state?.() ?? null;
        await iterator.return?.();
      }
    }
  }

  state(): TrainingDataState {
    const left = this.#leftAt !== undefined;
    return { position: this.#leftAt ?? this.#source.state?.() ?? null, left };
  }

  /**
   * Takes up a position. In the middle of an epoch the next walk goes on from it.
   *
   * @throws CnnError `unsupported` when the source cannot be taken up in the middle of an epoch.
   */
  async restore({ position, left }: TrainingDataState, inEpoch: boolean): Promise<void> {
    if (position === null || !this.#source.restore) {
      if (!inEpoch) return;
      throw new CnnError('unsupported', {
        where: 'resume',
        expected: 'data that can be taken up in the middle of an epoch',
        received: 'a batch source without state() and restore()',
        remedy: 'Train from a DataLoader, or resume from a checkpoint of the end of an epoch',
      });
    }
    this.#source.restore(position);
    if (!inEpoch && left) await this.#leaveAgain();
  }

  /** Begins the walk that was restored and leaves it, as the former run did: the next one is a new epoch. */
  async #leaveAgain(): Promise<void> {
    const iterator = this.#source[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
  }
}
