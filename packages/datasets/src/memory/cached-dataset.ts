import type { Dataset, Sample } from '@cnn/core';

/** How much a cache may hold. */
export interface CachedDatasetOptions {
  /** Pixels beyond this many bytes are read anew each time. Default: 1 GiB. */
  readonly maxBytes?: number;
}

/**
 * Keeps samples in memory once they are read, so that files are decoded in the first epoch alone. It fills up to
 * `maxBytes` and then keeps what it has.
 */
export function cachedDataset(dataset: Dataset, options: CachedDatasetOptions = {}): Dataset {
  const { maxBytes = 2 ** 30 } = options;
  const samples = new Map<number, Sample>();
  let heldBytes = 0;
  const keep = (index: number, sample: Sample): Sample => {
    const { byteLength } = sample.pixels;
    if (!samples.has(index) && heldBytes + byteLength <= maxBytes) {
      heldBytes += byteLength;
      samples.set(index, sample);
    }
    return sample;
  };
  return {
    name: dataset.name,
    length: dataset.length,
    classNames: dataset.classNames,
    sampleShape: dataset.sampleShape,
    get(index) {
      const held = samples.get(index);
      if (held) return held;
      const sample = dataset.get(index);
      return sample instanceof Promise ? sample.then((read) => keep(index, read)) : keep(index, sample);
    },
  };
}
