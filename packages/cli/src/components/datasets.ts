import { resolve } from 'node:path';
import { CnnError, type Dataset } from '@cnn/core';
import { CATALOGUE, cachedDataset, type DownloadProgress, splitDataset, transformedDataset } from '@cnn/datasets';
import { downloadDataset, openCsv, openDataset, openIdx, openImageFolder } from '@cnn/datasets/node';
import { z } from 'zod';
import { type BuiltIns, builtIn, createBuiltIn } from '../config/built-in.ts';
import { DATA_SHAPE, type DataOptions, TRANSFORM } from '../config/data-options.ts';
import { TRANSFORMS } from './transforms.ts';

/** What opening a data set may need from the command. */
export interface DataContext {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** Of the run: what is split off at random is split off by it. */
  readonly seed: number;
  /** Told how a download goes. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A data set's two parts; `test` is null where there is none. */
export interface DataParts {
  readonly train: Dataset;
  readonly test: Dataset | null;
}

type DataSets = BuiltIns<DataContext, Promise<DataParts>>;

const path = z.string().min(1);
const classNames = z
  .array(z.string().min(1))
  .min(2)
  .nullable()
  .default(null)
  .describe('names of the classes, in the order of their indices');

/** Published data sets: all of the catalogue that has files. */
const PUBLISHED: DataSets = Object.fromEntries(
  CATALOGUE.filter(({ format }) => format !== 'generated').map(({ name }) => [
    name,
    builtIn(z.strictObject(DATA_SHAPE), (options, context) => openPublished(name, options, context)),
  ]),
);

/** Data sets by the name that configs use. */
export const DATASETS: DataSets = {
  ...PUBLISHED,
  'synthetic-digits': builtIn(
    z.strictObject({
      ...DATA_SHAPE,
      trainCount: z.int().min(10).default(12_000).describe('images drawn for training'),
      testCount: z.int().min(10).default(2000).describe('images drawn for the test'),
      drawingSeed: z.int().min(0).default(0).describe('names the set: same seed, same images'),
    }),
    async ({ trainCount, testCount, drawingSeed: seed }) => ({
      train: await openDataset('synthetic-digits', { split: 'train', count: trainCount, seed }),
      test: await openDataset('synthetic-digits', { split: 'test', count: testCount, seed }),
    }),
  ),
  csv: builtIn(
    z.strictObject({
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
    }),
    async ({ path: file, testPath, header, labelColumn, classNames: names }, { cwd }) => {
      const open = (name: string) =>
        openCsv(resolve(cwd, name), { file: name, header, labelColumn, ...(names ? { classNames: names } : {}) });
      const train = await open(file);
      return { train, test: testPath === null ? null : await open(testPath) };
    },
  ),
  idx: builtIn(
    z.strictObject({
      ...DATA_SHAPE,
      images: path.describe('IDX file of the training images, plain or gzipped'),
      labels: path.describe('IDX file of their labels'),
      testImages: path.nullable().default(null),
      testLabels: path.nullable().default(null),
      classNames,
    }),
    async ({ images, labels, testImages, testLabels, classNames: names }, { cwd }) => {
      const open = (image: string, label: string) =>
        openIdx({
          images: resolve(cwd, image),
          labels: resolve(cwd, label),
          name: image,
          ...(names ? { classNames: names } : {}),
        });
      const train = await open(images, labels);
      if ((testImages === null) !== (testLabels === null)) throw halfATestSet(testImages === null);
      return { train, test: testImages === null || testLabels === null ? null : await open(testImages, testLabels) };
    },
  ),
  'image-folder': builtIn(
    z.strictObject({
      ...DATA_SHAPE,
      path: path.describe('folder with one folder of images a class'),
      testPath: path.nullable().default(null).describe('folder of the test part, with the same classes'),
      testFraction: z
        .number()
        .min(0)
        .lt(1)
        .default(0)
        .describe('without testPath: part that is held back for the test'),
      channels: z
        .union([z.literal(1), z.literal(3)])
        .default(3)
        .describe('3 for colour, 1 for grey'),
      prepare: z.array(TRANSFORM).default([]).describe('transforms done once, before all others; the result is cached'),
    }),
    async ({ path: folder, testPath, testFraction, channels, prepare }, { cwd, seed }) => {
      const once = prepare.map((transform) => createBuiltIn(TRANSFORMS, transform, undefined));
      const open = async (name: string, classNames?: readonly string[]): Promise<Dataset> => {
        const images = await openImageFolder(resolve(cwd, name), {
          name,
          channels,
          ...(classNames ? { classNames } : {}),
        });
        return cachedDataset(transformedDataset(images, once));
      };
      const all = await open(folder);
      if (testPath !== null) return { train: all, test: await open(testPath, all.classNames) };
      if (testFraction === 0) return { train: all, test: null };
      const { train, validation } = splitDataset(all, testFraction, { seed });
      return { train, test: validation };
    },
  ),
};

/** Opens both parts, downloading them first where they are missing and the config allows it. */
async function openPublished(name: string, options: DataOptions, context: DataContext): Promise<DataParts> {
  const root = resolve(context.cwd, options.root);
  const open = async (): Promise<DataParts> => {
    const [train, test] = await Promise.all([
      openDataset(name, { root, split: 'train' }),
      openDataset(name, { root, split: 'test' }),
    ]);
    return { train, test };
  };
  try {
    return await open();
  } catch (error) {
    if (!options.download || !(error instanceof CnnError) || error.code !== 'missing-file') throw error;
  }
  const { onProgress, signal } = context;
  await downloadDataset(name, { root, ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) });
  return open();
}

function halfATestSet(imagesMissing: boolean): CnnError {
  return new CnnError('invalid-config', {
    where: imagesMissing ? 'data.testImages' : 'data.testLabels',
    expected: 'both data.testImages and data.testLabels, or neither',
    received: 'one of them',
    remedy: 'Name the other file too',
  });
}
