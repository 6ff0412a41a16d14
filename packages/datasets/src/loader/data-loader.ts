import {
  type Batch,
  type BatchSource,
  type BatchSourceState,
  CnnError,
  type Dataset,
  Generator,
  type ImageShape,
} from '@cnn/core';
import type { Transform } from '../transforms/transform.ts';
import { type BatchCollator, batchCollator } from './batch-collator.ts';
import { parseLoaderState } from './loader-state.ts';
import { readSampleShape } from './read-sample-shape.ts';

/** How a data set is cut into batches. */
export interface DataLoaderOptions {
  /** Samples of a batch; the last one of an epoch may have fewer. */
  readonly batchSize: number;
  /** Visit the samples in a new order each epoch, PyTorch's for the same generator. */
  readonly shuffle?: boolean;
  /** Leave out the last batch of an epoch when it is not full. */
  readonly dropLast?: boolean;
  /** Where the order of a shuffled epoch comes from. Default: `new Generator(seed)`. */
  readonly generator?: Generator;
  /** For training and evaluation alike, first to last. Bytes that are left at their end are divided by 255. */
  readonly transforms?: readonly Transform[];
  /** For training alone: applied before `transforms`, to the image as the data set has it. */
  readonly augment?: readonly Transform[];
  /** Names the random streams of augmentations, with the epoch and the sample's index. */
  readonly seed?: number;
  /** Batches that are read ahead while the current one trains, where samples are read asynchronously. */
  readonly prefetch?: number;
}

/** One epoch under way. */
interface Walk {
  readonly epoch: number;
  /** Seed of this epoch's order; `null` when unshuffled. */
  readonly orderSeed: number | null;
  /** Batches handed out. */
  position: number;
}

/**
 * Cuts a data set into batches: each `for await` over it is one epoch.
 *
 * Order, as `torch.utils.data.DataLoader` has it: an epoch of a shuffled loader draws two 63-bit integers from
 * `generator` when it starts; the first is a base seed that nothing else uses, the second seeds a fresh generator whose
 * `randperm(length)` is the order. An unshuffled loader draws nothing.
 *
 * `state()` is exact in the middle of an epoch. It holds the epoch under way and its seed, not the generator: whoever
 * owns the generator saves that.
 *
 * @example
 * const loader = new DataLoader(dataset, { batchSize: 64, shuffle: true, generator });
 * for await (const { inputs, targets } of loader) train(inputs, targets);
 */
export class DataLoader implements BatchSource {
  /** Where the samples come from. */
  readonly dataset: Dataset;
  /** Samples of a batch; the last one of an epoch may have fewer. */
  readonly batchSize: number;
  /** Whether each epoch visits the samples in a new order. */
  readonly shuffle: boolean;
  /** Whether a last batch that is not full is left out. */
  readonly dropLast: boolean;
  /** Batches an epoch. */
  readonly length: number;
  /** Shape of one transformed image; `null` where it is only known when read. */
  readonly sampleShape: ImageShape | null;
  readonly #generator: Generator;
  readonly #prefetch: number;
  readonly #collator: BatchCollator;
  readonly #transforms: readonly Transform[];
  /** Index of the epoch that the next walk starts. */
  #nextEpoch = 0;
  #walk: Walk | undefined;
  #restored: Walk | undefined;

  /**
   * @throws CnnError `invalid-argument` on a batch size or prefetch that is not a positive integer (prefetch may be 0);
   * `invalid-shape` when a transform cannot be applied to the data set's images.
   */
  constructor(dataset: Dataset, options: DataLoaderOptions) {
    const { batchSize, shuffle = false, dropLast = false, seed = 0, prefetch = 1 } = options;
    checkInteger('batchSize', batchSize, 1);
    checkInteger('prefetch', prefetch, 0);
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.dropLast = dropLast;
    this.length = dropLast ? Math.floor(dataset.length / batchSize) : Math.ceil(dataset.length / batchSize);
    this.#generator = options.generator ?? new Generator(seed);
    this.#prefetch = prefetch;
    const { augment = [], transforms = [] } = options;
    this.#transforms = [...augment, ...transforms];
    this.#collator = batchCollator(dataset, { augment, transforms, seed });
    this.sampleShape = this.#collator.sampleShape;
  }

  /**
   * The batches of one epoch, from its beginning or from where `restore` left off. A walk that is left early counts as
   * an epoch: the next one begins anew, in another order where shuffled.
   *
   * @throws CnnError what reading a sample throws, `invalid-file` and `io` among them, when its batch is asked for.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, void> {
    const walk = this.#begin();
    const order = walk.orderSeed === null ? undefined : new Generator(walk.orderSeed).randperm(this.dataset.length);
    const ahead: Promise<Batch>[] = [];
    let prepared = walk.position;
    while (walk.position < this.length) {
      const batch = ahead.length > 0 ? ahead.shift()! : this.#prepare(walk, prepared++, order);
      // Only reading that waits is worth doing ahead: a synchronous data set is read when its batch is asked for.
      const reads = batch instanceof Promise;
      while (reads && ahead.length < this.#prefetch && prepared < this.length) {
        const next = Promise.resolve(this.#prepare(walk, prepared++, order));
        next.catch(() => undefined); // reported when its turn comes
        ahead.push(next);
      }
      const ready = await batch;
      walk.position++;
      yield ready;
    }
    if (this.#walk === walk) this.#walk = undefined;
  }

  /**
   * Shape that all transformed images have; where files differ in size, some are read for it.
   *
   * @throws CnnError `invalid-shape` when images of different sizes stay different.
   */
  async readSampleShape(): Promise<ImageShape> {
    return readSampleShape(this.dataset, this.#transforms);
  }

  /**
   * The position as JSON. After the last batch of an epoch, and before the walk has ended, it stands at the end of that
   * epoch: a loader restored from it yields no batch, ends, and goes on with the next epoch.
   */
  state(): BatchSourceState {
    const { epoch, position, orderSeed } = this.#walk ??
      this.#restored ?? { epoch: this.#nextEpoch, position: 0, orderSeed: null };
    return { epoch, position, orderSeed, ...this.#identity() };
  }

  /**
   * Takes up a position: the next walk goes on there, with the order and the augmentations that it had.
   *
   * @throws CnnError `state-mismatch` when the state belongs to another data set size, batch size or order.
   */
  restore(state: BatchSourceState): void {
    const { epoch, position, orderSeed } = parseLoaderState(state, this.#identity());
    this.#walk = undefined;
    this.#nextEpoch = epoch;
    const begun = position > 0 || orderSeed !== null;
    this.#restored = begun ? { epoch, position, orderSeed } : undefined;
  }

  #identity(): { samples: number; batchSize: number; shuffle: boolean; dropLast: boolean } {
    const { batchSize, shuffle, dropLast } = this;
    return { samples: this.dataset.length, batchSize, shuffle, dropLast };
  }

  #begin(): Walk {
    const walk = this.#restored ?? { epoch: this.#nextEpoch, orderSeed: this.#drawOrderSeed(), position: 0 };
    this.#restored = undefined;
    this.#nextEpoch = walk.epoch + 1;
    this.#walk = walk;
    return walk;
  }

  #drawOrderSeed(): number | null {
    if (!this.shuffle) return null;
    this.#generator.int63(); // the base seed of PyTorch's workers
    return Number(BigInt.asUintN(32, this.#generator.int63()));
  }

  #prepare(walk: Walk, position: number, order: Int32Array | undefined): Batch | Promise<Batch> {
    const start = position * this.batchSize;
    const end = Math.min(start + this.batchSize, this.dataset.length);
    const indices = order ? order.slice(start, end) : Int32Array.from({ length: end - start }, (_, i) => start + i);
    return this.#collator.collate(indices, walk.epoch);
  }
}

function checkInteger(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new CnnError('invalid-argument', {
    where: `DataLoader.${name}`,
    expected: `an integer of at least ${least}`,
    received: String(value),
    remedy: `Pass a whole number of ${name === 'batchSize' ? 'samples' : 'batches'}`,
  });
}
