import { resolve } from 'node:path';
import { CnnError, type Dataset } from '@cnn/core';
import { cachedDataset, type DownloadProgress, splitDataset, transformedDataset } from '@cnn/datasets';
import { downloadDataset, openCsv, openDataset, openIdx, openImageFolder } from '@cnn/datasets/node';
import { type BuiltIns, builtIn, createBuiltIn } from '../config/built-in.ts';
import type { DataOptions } from '../config/data-options.ts';
import type { DataParts } from '../experiment/assemble-data.ts';
import {
  CSV_DATA,
  IDX_DATA,
  IMAGE_FOLDER_DATA,
  PUBLISHED_DATA,
  PUBLISHED_NAMES,
  SYNTHETIC_DIGITS_DATA,
} from './dataset-options.ts';
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

type DataSets = BuiltIns<DataContext, Promise<DataParts>>;

/** Published data sets: all of the catalogue that has files. */
const PUBLISHED: DataSets = Object.fromEntries(
  PUBLISHED_NAMES.map((name) => [
    name,
    builtIn(PUBLISHED_DATA, (options, context) => openPublished(name, options, context)),
  ]),
);

/** Data sets by the name that configs use. */
export const DATASETS: DataSets = {
  ...PUBLISHED,
  'synthetic-digits': builtIn(SYNTHETIC_DIGITS_DATA, async ({ trainCount, testCount, drawingSeed: seed }) => ({
    train: await openDataset('synthetic-digits', { split: 'train', count: trainCount, seed }),
    test: await openDataset('synthetic-digits', { split: 'test', count: testCount, seed }),
  })),
  csv: builtIn(CSV_DATA, async ({ path: file, testPath, header, labelColumn, classNames: names }, { cwd }) => {
    const open = (name: string, classNames: readonly string[] | null) =>
      openCsv(resolve(cwd, name), { file: name, header, labelColumn, ...(classNames ? { classNames } : {}) });
    const train = await open(file, names);
    return { train, test: testPath === null ? null : await open(testPath, train.classNames) };
  }),
  idx: builtIn(IDX_DATA, async ({ images, labels, testImages, testLabels, classNames: names }, { cwd }) => {
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
  }),
  'image-folder': builtIn(
    IMAGE_FOLDER_DATA,
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
