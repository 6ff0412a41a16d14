import { z } from 'zod';
import { TRANSFORMS } from '../components/transforms.ts';
import { type ListedComponent, listedComponent } from './component.ts';

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

const count = z.int().min(1);
/** An entry of a list of transforms. */
export const TRANSFORM: z.ZodType<ListedComponent> = listedComponent(TRANSFORMS, {
  what: 'transform',
  definition: 'transform',
});

/** The keys of `DataOptions`, to be spread into the schema of each data set. */
export const DATA_SHAPE: { readonly [Key in keyof DataOptions]: z.ZodType<DataOptions[Key]> } = {
  root: z.string().min(1).default('./data').describe('data folder; $CNN_DATA_DIR is searched too'),
  download: z.boolean().default(true).describe('fetch what is not there'),
  batchSize: count.default(64).describe('images in a training batch'),
  evalBatchSize: count.default(1000).describe('images in a batch of validation and test'),
  shuffle: z.boolean().default(true).describe("a new order each epoch, PyTorch's for the same seed"),
  dropLast: z.boolean().default(false).describe('leave out the last batch where it is not full'),
  validation: z.number().min(0).default(0).describe('held back from training: a fraction below 1, or a count'),
  limit: count.nullable().default(null).describe('use the first so many training images'),
  testLimit: count.nullable().default(null).describe('use the first so many test images'),
  transforms: z.array(TRANSFORM).default([]).describe('for training and evaluation alike, first to last'),
  augment: z.array(TRANSFORM).default([]).describe('for training alone, before the transforms'),
};

const COMMON = z.object(DATA_SHAPE);

/** The part of a resolved `data` that all data sets share. */
export function dataOptions(data: unknown): DataOptions {
  return COMMON.parse(data);
}
