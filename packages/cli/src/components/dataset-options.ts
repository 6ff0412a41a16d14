import { CATALOGUE } from '@cnn/datasets';
import { z } from 'zod';
import type { ListedComponent, OptionSchemas } from '../config/component.ts';
import { DATA_SHAPE, type DataOptions, TRANSFORM } from '../config/data-options.ts';

/** Digits that `@cnn/datasets` draws. */
export interface SyntheticDigitsData extends DataOptions {
  readonly trainCount: number;
  readonly testCount: number;
  readonly drawingSeed: number;
}

/** Files with one image a row. */
export interface CsvData extends DataOptions {
  readonly path: string;
  readonly testPath: string | null;
  readonly header: boolean | 'auto';
  readonly labelColumn: string | number;
  readonly classNames: string[] | null;
}

/** MNIST's file format. */
export interface IdxData extends DataOptions {
  readonly images: string;
  readonly labels: string;
  readonly testImages: string | null;
  readonly testLabels: string | null;
  readonly classNames: string[] | null;
}

/** A folder of images for each class. */
export interface ImageFolderData extends DataOptions {
  readonly path: string;
  readonly testPath: string | null;
  readonly testFraction: number;
  readonly channels: 1 | 3;
  readonly prepare: ListedComponent[];
}

const path = z.string().min(1);
const classNames = z
  .array(z.string().min(1))
  .min(2)
  .nullable()
  .default(null)
  .describe('names of the classes, in the order of their indices');

/** Options of the published data sets: all of the catalogue that has files. */
export const PUBLISHED_DATA: z.ZodType<DataOptions> = z.strictObject(DATA_SHAPE);

export const SYNTHETIC_DIGITS_DATA: z.ZodType<SyntheticDigitsData> = z.strictObject({
  ...DATA_SHAPE,
  trainCount: z.int().min(10).default(12_000).describe('images drawn for training'),
  testCount: z.int().min(10).default(2000).describe('images drawn for the test'),
  drawingSeed: z.int().min(0).default(0).describe('names the set: same seed, same images'),
});

export const CSV_DATA: z.ZodType<CsvData> = z.strictObject({
  ...DATA_SHAPE,
  path: path.describe('file with one image a row, plain or gzipped'),
  testPath: path.nullable().default(null).describe('file of the test part'),
  header: z
    .union([z.boolean(), z.literal('auto')])
    .default('auto')
    .describe('whether the first row has names'),
  labelColumn: z
    .union([z.string().min(1), z.int()])
    .default(0)
    .describe('column of the class, by name or position'),
  classNames,
});

export const IDX_DATA: z.ZodType<IdxData> = z.strictObject({
  ...DATA_SHAPE,
  images: path.describe('IDX file of the training images, plain or gzipped'),
  labels: path.describe('IDX file of their labels'),
  testImages: path.nullable().default(null),
  testLabels: path.nullable().default(null),
  classNames,
});

export const IMAGE_FOLDER_DATA: z.ZodType<ImageFolderData> = z.strictObject({
  ...DATA_SHAPE,
  path: path.describe('folder with one folder of images a class'),
  testPath: path.nullable().default(null).describe('folder of the test part, with the same classes'),
  testFraction: z.number().min(0).lt(1).default(0).describe('without testPath: part that is held back for the test'),
  channels: z
    .union([z.literal(1), z.literal(3)])
    .default(3)
    .describe('3 for colour, 1 for grey'),
  prepare: z.array(TRANSFORM).default([]).describe('transforms done once, before all others; the result is cached'),
});

/** Names of the published data sets. */
export const PUBLISHED_NAMES: readonly string[] = CATALOGUE.filter(({ format }) => format !== 'generated').map(
  ({ name }) => name,
);

/** Options of every data set by the name that configs use. How it is opened depends on where: see `DATASETS`. */
export const DATASET_OPTIONS: OptionSchemas = {
  ...Object.fromEntries(PUBLISHED_NAMES.map((name) => [name, { schema: PUBLISHED_DATA }])),
  'synthetic-digits': { schema: SYNTHETIC_DIGITS_DATA },
  csv: { schema: CSV_DATA },
  idx: { schema: IDX_DATA },
  'image-folder': { schema: IMAGE_FOLDER_DATA },
};
