import type { Config } from '@cnn/cli/config';
import { CnnError, type Dataset } from '@cnn/core';
import { splitDataset, syntheticDigits } from '@cnn/datasets';
import { dataKey } from './data-key.ts';
import { checkPixelBytes } from './data-limits.ts';
import type { HeldParts } from './data-parts.ts';
import { DataShelf } from './data-shelf.ts';

/** Of a digit that the page draws. */
const DIGIT_PIXELS = 28 * 28;

/** Where the Worker finds the images that a configuration names. Nothing here asks the network for anything. */
export class DataSources {
  readonly #shelf: DataShelf;
  readonly #held = new Map<string, HeldParts>();

  constructor(shelf: DataShelf = new DataShelf()) {
    this.#shelf = shelf;
  }

  /**
   * Both parts of what `config.data` names: drawn, or given to this page by `hold`, now or on an earlier visit. Where
   * `test` is null, `data.validation` says what is held back.
   *
   * @throws CnnError `missing-file` when this page was never given the files.
   */
  async open({ data, seed }: Config): Promise<{ train: Dataset; test: Dataset | null }> {
    if (data.name === 'synthetic-digits') return synthetic(data);
    const parts = await this.find(data);
    if (!parts) throw notHere(data);
    if (parts.test || !Number(data.testFraction)) return parts;
    const { train, validation } = splitDataset(parts.train, Number(data.testFraction), { seed });
    return { train, test: validation };
  }

  /** What was given to this page to hold, now or on an earlier visit; undefined where nothing was. */
  async find(data: Config['data']): Promise<HeldParts | undefined> {
    const key = dataKey(data);
    const parts = this.#held.get(key) ?? (await this.#shelf.get(key));
    if (parts) this.#keepOnly(key, parts);
    return parts;
  }

  /** Remembers what `data` stands for, also after a reload. @returns False where it is for this visit alone. */
  async hold(data: Config['data'], parts: HeldParts): Promise<boolean> {
    const key = dataKey(data);
    this.#keepOnly(key, parts);
    return this.#shelf.put(key, parts);
  }

  /** One data set in memory at a time: they are large. */
  #keepOnly(key: string, parts: HeldParts): void {
    this.#held.clear();
    this.#held.set(key, parts);
  }
}

function synthetic({ trainCount, testCount, drawingSeed }: Config['data']): { train: Dataset; test: Dataset } {
  const seed = Number(drawingSeed ?? 0);
  checkPixelBytes('data synthetic-digits', (Number(trainCount) + Number(testCount)) * DIGIT_PIXELS);
  return {
    train: syntheticDigits({ split: 'train', count: Number(trainCount), seed }),
    test: syntheticDigits({ split: 'test', count: Number(testCount), seed }),
  };
}

function notHere(data: Config['data']): CnnError {
  const files = [data.path, data.testPath, data.images, data.labels, data.testImages, data.testLabels];
  const named = files.filter((file) => typeof file === 'string').join(', ');
  return new CnnError('missing-file', {
    where: `data ${data.name}`,
    expected: named ? `the files ${named}` : 'its files',
    received: 'a page that was never given them',
    remedy: named ? 'Drop them on the page' : 'Download it in the Data panel, or drop its files on the page',
  });
}
