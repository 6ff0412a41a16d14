import { type Config, dataOptions } from '@cnn/cli/config';
import { createTransform } from '@cnn/cli/experiment';
import { CnnError } from '@cnn/core';
import { transfer } from 'comlink';
import { type DataCard, dataCard } from './data/data-card.ts';
import { dataKey } from './data/data-key.ts';
import type { DataSources } from './data/data-sources.ts';
import type { GivenFile } from './data/given-file.ts';
import type { PublishedData } from './data/published-data.ts';
import { HELD_BACK, type ReadData } from './data/read-data.ts';
import type { ImageSettings } from './data/read-images.ts';
import { type SeenBatch, seenBatch } from './data/seen-batch.ts';
import type { RunHolder } from './open-run.ts';

/** A data set that is ready to be trained on: its part of the configuration. */
export interface ReadyData {
  readonly data: Config['data'];
  /** `[C, H, W]` of one image, without transforms. */
  readonly input: readonly [number, number, number];
  readonly classes: number;
  readonly trainCount: number;
  readonly remarks: readonly string[];
}

/** How far reading or downloading is. */
export type DataProgress = (text: string, part: number | null) => void;

/** The data set of the run, and others that a person brings. What reads files is fetched when there is something to read. */
export class DataService {
  readonly #holder: RunHolder;
  readonly #sources: DataSources;
  #abort: AbortController | undefined;

  constructor(holder: RunHolder, sources: DataSources) {
    this.#holder = holder;
    this.#sources = sources;
  }

  /** Data sets to download, each with whom the browser would ask. */
  async published(): Promise<PublishedData[]> {
    const { publishedData } = await import('./data/published-data.ts');
    return publishedData();
  }

  /** A published data set that an earlier visit downloaded; null where none did. */
  async kept(name: string, common: Config['data']): Promise<ReadyData | null> {
    const parts = await this.#sources.find({ ...dataOptions(common), name });
    return parts ? this.#ready(common, async () => ({ data: { name }, parts, remarks: [] })) : null;
  }

  /** What the open run trains on; null while none is open. */
  async card(): Promise<DataCard | null> {
    const run = this.#holder.current();
    if (!run) return null;
    const card = await run.between.run(() => dataCard(run));
    return transfer(card, [card.samples.buffer]);
  }

  /** Training images through the augmentation of `data` as it is now. */
  async seen(data: Config['data'], draw: number): Promise<SeenBatch | null> {
    const run = this.#holder.current();
    if (!run || dataKey(run.config.data) !== dataKey(data)) return null;
    const { augment, transforms } = dataOptions(data);
    const batch = await seenBatch(run.train, {
      augment: augment.map(createTransform),
      transforms: transforms.map(createTransform),
      seed: run.config.seed,
      draw,
    });
    return transfer(batch, [batch.images.buffer]);
  }

  /** Makes a data set of dropped files. @throws CnnError, and everything stays as it was. */
  async read(
    files: readonly GivenFile[],
    { settings, common }: ReadRequest,
    onProgress: DataProgress,
  ): Promise<ReadyData> {
    const { readFiles } = await import('./data/read-files.ts');
    return this.#ready(common, (signal) =>
      readFiles(files, {
        ...settings,
        signal,
        onProgress: (done, total) => onProgress(`${done} of ${total} images`, done / total),
      }),
    );
  }

  /** Downloads a published data set, because the person asked for it. @throws CnnError `network`, `aborted`. */
  async download(name: string, common: Config['data'], onProgress: DataProgress): Promise<ReadyData> {
    const { downloadData } = await import('./data/published-data.ts');
    return this.#ready(common, (signal) =>
      downloadData(name, {
        signal,
        onProgress: ({ file, url, receivedBytes, totalBytes }) => {
          const megabytes = (receivedBytes / 2 ** 20).toFixed(1);
          const part = totalBytes === null ? null : receivedBytes / totalBytes;
          onProgress(`${file} from ${new URL(url).host}: ${megabytes} MB`, part);
        },
      }),
    );
  }

  /** Ends the reading or the download that is under way. */
  cancel(): void {
    this.#abort?.abort();
  }

  async #ready(common: Config['data'], read: (signal: AbortSignal) => Promise<ReadData>): Promise<ReadyData> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    const { data, parts, remarks } = await read(abort.signal);
    if (abort.signal.aborted) {
      throw new CnnError('aborted', {
        where: 'data',
        expected: 'to be read',
        received: 'a cancel',
        remedy: 'Try again',
      });
    }
    const heldBack = parts.test || data.testFraction ? 0 : HELD_BACK;
    const all = { ...dataOptions(common), validation: heldBack, limit: null, testLimit: null, transforms: [], ...data };
    const kept = await this.#sources.hold(all, parts);
    const {
      sampleShape: [height, width, channels],
      classNames,
      length,
    } = parts.train;
    return {
      data: all,
      input: [channels, height, width],
      classes: classNames.length,
      trainCount: length,
      remarks: kept ? remarks : [...remarks, 'The browser keeps no copy: drop the files again after a reload.'],
    };
  }
}

/** What reading needs beside the files. */
export interface ReadRequest {
  readonly settings: ImageSettings;
  /** The `data` of the configuration: batch size, augmentation and the like go on. */
  readonly common: Config['data'];
}
