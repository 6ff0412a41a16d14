import { type Batch, type BatchSource, type BatchSourceState, CnnError } from '@cnn/core';

/** Where the walk over the training data stands. */
export interface TrainingDataState {
  /** The source's own account of its position; null where it keeps none. */
  readonly position: BatchSourceState | null;
  /** True when the epoch is over although the source had more batches: it was limited. */
  readonly left: boolean;
  /** True when the source has ended although its last batches may not have been trained on yet; absent means false. */
  readonly ended?: boolean;
}

/** Walks the training data in groups of batches, one group an optimizer update, and knows where it stands. */
export class TrainingData {
  readonly #source: BatchSource;
  readonly #groupSize: number;
  readonly #limit: number;
  /** Position at the moment when the walk was left: the source may forget it when it is told. */
  #leftAt: BatchSourceState | null | undefined;
  /** The source has said that the epoch is over: the position that it tells is that of the next one. */
  #ended = false;
  #endedBefore = false;

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
    this.#ended = this.#endedBefore;
    this.#endedBefore = false;
    if (this.#ended) return; // a resumed run, in an epoch that has no more batches
    const iterator = this.#source[Symbol.asyncIterator]();
    let remaining = this.#limit - done;
    try {
      while (!this.#ended && remaining > 0 && (await mayProceed())) {
        const group: Batch[] = [];
        while (!this.#ended && group.length < Math.min(this.#groupSize, remaining)) {
          const { done: isLast, value } = await iterator.next();
          if (isLast) this.#ended = true;
          else group.push(value);
        }
        remaining -= group.length;
        if (group.length > 0) yield group;
      }
    } finally {
      if (!this.#ended) {
        this.#leftAt = this.#source.state?.() ?? null;
        await iterator.return?.();
      }
    }
  }

  state(): TrainingDataState {
    const left = this.#leftAt !== undefined;
    return { position: this.#leftAt ?? this.#source.state?.() ?? null, left, ended: this.#ended };
  }

  /**
   * Takes up a position. In the middle of an epoch the next walk goes on from it.
   *
   * @throws CnnError `unsupported` when the source cannot be taken up in the middle of an epoch.
   */
  async restore({ position, left, ended = false }: TrainingDataState, inEpoch: boolean): Promise<void> {
    this.#endedBefore = inEpoch && ended;
    if (position === null || !this.#source.restore) {
      if (!inEpoch || ended) return;
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
