import { CnnError, type Dataset } from '@cnn/core';

/** What `datasetStatistics` found. */
export interface DatasetStatistics {
  /** Samples that were looked at. */
  readonly samples: number;
  /** Samples of each class, in the order of `classNames`. */
  readonly classCounts: readonly number[];
  /** Mean of each channel; of bytes divided by 255, as `normalize` takes it. */
  readonly mean: readonly number[];
  /** Standard deviation (biased) of each channel, likewise. */
  readonly std: readonly number[];
  /** Least pixel of all channels, in the data set's own units. */
  readonly min: number;
  /** Greatest pixel of all channels, likewise. */
  readonly max: number;
}

/**
 * Counts the classes and measures the pixels of a data set, one pass. Of bytes, levels are counted, so that the sums
 * are exact.
 *
 * @param options.limit Looks at no more than this many samples.
 * @throws CnnError `invalid-argument` when the data set is empty; `invalid-shape` when the numbers of channels differ.
 */
export async function datasetStatistics(
  dataset: Dataset,
  options: { limit?: number } = {},
): Promise<DatasetStatistics> {
  const samples = Math.min(dataset.length, options.limit ?? Infinity);
  const classCounts = dataset.classNames.map(() => 0);
  let channels: ChannelMoments[] = [];
  for (let index = 0; index < samples; index++) {
    const read = dataset.get(index);
    const { pixels, shape, label } = read instanceof Promise ? await read : read;
    classCounts[label] = (classCounts[label] ?? 0) + 1;
    if (index === 0) channels = Array.from({ length: shape[2] }, () => new ChannelMoments());
    if (channels.length !== shape[2]) throw unequalChannels(dataset.name, index, channels.length, shape[2]);
    channels.forEach((moments, channel) => {
      moments.add(pixels, channel, shape[2]);
    });
  }
  if (channels.length === 0) {
    throw new CnnError('invalid-argument', {
      where: 'datasetStatistics',
      expected: 'a data set with samples',
      received: `none in ${dataset.name}`,
      remedy: 'Pass a data set that is not empty',
    });
  }
  return {
    samples,
    classCounts,
    mean: channels.map((moments) => moments.mean),
    std: channels.map((moments) => moments.std),
    min: Math.min(...channels.map((moments) => moments.min)),
    max: Math.max(...channels.map((moments) => moments.max)),
  };
}

class ChannelMoments {
  readonly #histogram: Float64Array = new Float64Array(256);
  #floats = { count: 0, sum: 0, squares: 0, min: Infinity, max: -Infinity };
  #bytes = 0;

  add(pixels: Uint8Array | Float32Array, channel: number, channels: number): void {
    if (pixels instanceof Uint8Array) {
      for (let i = channel; i < pixels.length; i += channels) this.#histogram[pixels[i]!]!++;
      this.#bytes += pixels.length / channels;
      return;
    }
    const floats = this.#floats;
    for (let i = channel; i < pixels.length; i += channels) {
      const value = pixels[i]!;
      floats.sum += value;
      floats.squares += value * value;
      floats.min = Math.min(floats.min, value);
      floats.max = Math.max(floats.max, value);
    }
    floats.count += pixels.length / channels;
  }

  get mean(): number {
    const bytes = this.#histogram.reduce((sum, count, level) => sum + count * level, 0) / 255;
    return (bytes + this.#floats.sum) / (this.#bytes + this.#floats.count);
  }

  get std(): number {
    const bytes = this.#histogram.reduce((sum, count, level) => sum + count * level * level, 0) / 255 ** 2;
    const squares = (bytes + this.#floats.squares) / (this.#bytes + this.#floats.count);
    return Math.sqrt(Math.max(0, squares - this.mean ** 2));
  }

  get min(): number {
    const least = this.#histogram.findIndex((count) => count > 0);
    return Math.min(this.#floats.min, least < 0 ? Infinity : least / 255);
  }

  get max(): number {
    const most = this.#histogram.findLastIndex((count) => count > 0);
    return Math.max(this.#floats.max, most < 0 ? -Infinity : most / 255);
  }
}

function unequalChannels(name: string, index: number, expected: number, received: number): CnnError {
  return new CnnError('invalid-shape', {
    where: `${name}, sample ${index}`,
    expected: `${expected} channels, as the first sample has`,
    received: String(received),
    remedy: 'Bring all images to the same number of channels',
  });
}
