import type { Batch, BatchSource, BatchSourceState } from '@cnn/core';

/**
 * The first batches of a source, the same ones in every walk: read once, at the first. A resumed run reads them anew, so
 * its source must begin as the former one did.
 */
export class FirstBatches implements BatchSource {
  readonly length: number;
  readonly #source: BatchSource;
  #batches: Promise<Batch[]> | undefined;
  #position = 0;

  constructor(source: BatchSource, count: number) {
    this.#source = source;
    this.length = Math.min(count, source.length ?? count);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, void> {
    const batches = await this.#load();
    while (this.#position < batches.length) yield batches[this.#position++]!;
    this.#position = 0;
  }

  /** Walks the same batches without moving the position. */
  async *again(): AsyncGenerator<Batch, void, void> {
    yield* await this.#load();
  }

  state(): BatchSourceState {
    return { position: this.#position };
  }

  restore({ position }: BatchSourceState): void {
    this.#position = Number(position);
    // Begun now, while the generators of the source stand where they stood when the former run read its first batches.
    this.#load().catch(() => undefined); // reported by the walk
  }

  #load(): Promise<Batch[]> {
    this.#batches ??= take(this.#source, this.length);
    return this.#batches;
  }
}

async function take(source: BatchSource, count: number): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of source) {
    batches.push(batch);
    if (batches.length === count) break;
  }
  return batches;
}
