import { CATALOGUE } from '@cnn/datasets';
import * as z from 'zod/mini';
import type { ListedComponent, OptionSchemas } from '../config/component.ts';
import { DATA_SHAPE, type DataOptions, TRANSFORM } from '../config/data-options.ts';
import { described, list, number, option, orNull, TEXT, whole } from '../config/option.ts';

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

const classNames = orNull(list(TEXT, { least: 2 }), 'names of the classes, in the order of their indices');

/** Options of the published data sets: all of the catalogue that has files. */
export const PUBLISHED_DATA: z.ZodMiniType<DataOptions> = z.strictObject(DATA_SHAPE);

export const SYNTHETIC_DIGITS_DATA: z.ZodMiniType<SyntheticDigitsData> = z.strictObject({
  ...DATA_SHAPE,
  trainCount: option(whole({ min: 10 }), 12_000, 'images drawn for training'),
  testCount: option(whole({ min: 10 }), 2000, 'images drawn for the test'),
  drawingSeed: option(whole({ min: 0 }), 0, 'names the set: same seed, same images'),
});

export const CSV_DATA: z.ZodMiniType<CsvData> = z.strictObject({
  ...DATA_SHAPE,
  path: described(TEXT, 'file with one image a row, plain or gzipped'),
  testPath: orNull(TEXT, 'file of the test part'),
  header: option(z.union([z.boolean(), z.literal('auto')]), 'auto', 'whether the first row has names'),
  labelColumn: option(z.union([TEXT, whole()]), 0, 'column of the class, by name or position'),
  classNames,
});

export const IDX_DATA: z.ZodMiniType<IdxData> = z.strictObject({
  ...DATA_SHAPE,
  images: described(TEXT, 'IDX file of the training images, plain or gzipped'),
  labels: described(TEXT, 'IDX file of their labels'),
  testImages: orNull(TEXT),
  testLabels: orNull(TEXT),
  classNames,
});

export const IMAGE_FOLDER_DATA: z.ZodMiniType<ImageFolderData> = z.strictObject({
  ...DATA_SHAPE,
  path: described(TEXT, 'folder with one folder of images a class'),
  testPath: orNull(TEXT, 'folder of the test part, with the same classes'),
  testFraction: option(number({ min: 0, below: 1 }), 0, 'without testPath: part that is held back for the test'),
  channels: option(z.union([z.literal(1), z.literal(3)]), 3, '3 for colour, 1 for grey'),
  prepare: option(z.array(TRANSFORM), [], 'transforms done once, before all others; the result is cached'),
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
