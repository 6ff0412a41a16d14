import * as z from 'zod/mini';
import { TRANSFORMS } from '../components/transforms.ts';
import { type ListedComponent, listedComponent } from './component.ts';
import { COUNT, number, option, orNull, TEXT } from './option.ts';

/** What every data set is asked for, whatever it is. */
export interface DataOptions {
  /** Data folder, relative to the working folder. */
  readonly root: string;
  /** Fetch what is not there. */
  readonly download: boolean;
  /** Images in a training batch. */
  readonly batchSize: number;
  /** Images in a batch of validation and test. */
  readonly evalBatchSize: number;
  /** Visit the training images in a new order each epoch. */
  readonly shuffle: boolean;
  /** Leave out the last training batch where it is not full. */
  readonly dropLast: boolean;
  /** A fraction below 1, or a count, of the training set that is held back. */
  readonly validation: number;
  /** Use the first so many training images; null: all. */
  readonly limit: number | null;
  /** Use the first so many test images; null: all. */
  readonly testLimit: number | null;
  /** For training and evaluation alike. */
  readonly transforms: readonly ListedComponent[];
  /** For training alone, before `transforms`. */
  readonly augment: readonly ListedComponent[];
}

/** An entry of a list of transforms. */
export const TRANSFORM: z.ZodMiniType<ListedComponent> = listedComponent(TRANSFORMS, {
  what: 'transform',
  definition: 'transform',
});

/** The keys of `DataOptions`, to be spread into the schema of each data set. */
export const DATA_SHAPE: { readonly [Key in keyof DataOptions]: z.ZodMiniType<DataOptions[Key]> } = {
  root: option(TEXT, './data', 'data folder; $CNN_DATA_DIR is searched too'),
  download: option(z.boolean(), true, 'fetch what is not there'),
  batchSize: option(COUNT, 64, 'images in a training batch'),
  evalBatchSize: option(COUNT, 1000, 'images in a batch of validation and test'),
  shuffle: option(z.boolean(), true, "a new order each epoch, PyTorch's for the same seed"),
  dropLast: option(z.boolean(), false, 'leave out the last batch where it is not full'),
  validation: option(number({ min: 0 }), 0, 'held back from training: a fraction below 1, or a count'),
  limit: orNull(COUNT, 'use the first so many training images'),
  testLimit: orNull(COUNT, 'use the first so many test images'),
  transforms: option(z.array(TRANSFORM), [], 'for training and evaluation alike, first to last'),
  augment: option(z.array(TRANSFORM), [], 'for training alone, before the transforms'),
};

const COMMON = z.object(DATA_SHAPE);

/** The part of a resolved `data` that all data sets share. */
export function dataOptions(data: unknown): DataOptions {
  return COMMON.parse(data);
}
