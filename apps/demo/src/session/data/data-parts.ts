import type { MemoryDataset } from '@cnn/datasets';

/** Both parts of a data set, in memory. */
export interface HeldParts {
  readonly train: MemoryDataset;
  /** Null where none was given: hold a part of the training images back (`data.validation`). */
  readonly test: MemoryDataset | null;
}
