import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';
import { cifarDataset } from '../cifar/cifar-dataset.ts';
import { idxDatasetFromBytes } from '../idx/idx-dataset.ts';
import type { MemoryDataset } from '../memory/memory-dataset.ts';
import { syntheticDigits } from '../synthetic/synthetic-digits.ts';
import type { CatalogueEntry, Split } from './catalogue.ts';

/** What may be chosen when a data set is opened. */
export interface SplitOptions {
  /** Which part of the data set. Default `train`. */
  readonly split?: Split;
  /** Of a generated data set: images to draw. */
  readonly count?: number;
  /** Of a generated data set: names the set. */
  readonly seed?: number;
}

/**
 * Builds a split from the bytes of its parts, in the catalogue's order.
 *
 * @throws CnnError `invalid-file` when the parts are damaged, or are not as many images as the catalogue says.
 */
export function assembleSplit(
  entry: CatalogueEntry,
  parts: readonly NamedBytes[],
  options: SplitOptions,
): MemoryDataset {
  const { split = 'train', count, seed } = options;
  if (entry.format === 'generated') {
    return syntheticDigits({
      split,
      ...(count === undefined ? {} : { count }),
      ...(seed === undefined ? {} : { seed }),
    });
  }
  const { name, classNames } = entry;
  const dataset =
    entry.format === 'cifar'
      ? cifarDataset(parts, { name, classNames })
      : idxDatasetFromBytes(parts[0]!, parts[1]!, { name, classNames });
  if (dataset.length !== entry.counts[split] || String(dataset.sampleShape) !== String(entry.sampleShape)) {
    throw new CnnError('invalid-file', {
      where: parts[0]!.file,
      expected: `the ${entry.counts[split]} images of ${entry.sampleShape.join(' × ')} of ${name} (${split})`,
      received: `${dataset.length} of ${dataset.sampleShape.join(' × ')}`,
      remedy: `Delete the file and run \`cnn-cli data download ${name}\``,
    });
  }
  return dataset;
}
