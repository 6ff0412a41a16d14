import type { Dataset, Generator, ImageShape } from '@cnn/core';
import { DataLoader, limit, readSampleShape, splitDataset, type Transform } from '@cnn/datasets';
import { DATASETS, type DataContext, type DataParts } from '../components/datasets.ts';
import { TRANSFORMS } from '../components/transforms.ts';
import { createBuiltIn } from '../config/built-in.ts';
import { componentParts, isModulePath, type ListedComponent } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { dataOptions } from '../config/data-options.ts';
import { loadDataModule } from '../modules/load-data-module.ts';

/** The data sets of a run, opened and split but not yet cut into batches. */
export interface OpenedData {
  readonly train: Dataset;
  readonly validation: Dataset | null;
  readonly test: Dataset | null;
  readonly classNames: readonly string[];
  /** Of one image after all transforms. */
  readonly sampleShape: ImageShape;
  readonly transforms: readonly Transform[];
  readonly augment: readonly Transform[];
}

/**
 * Opens the data sets that a config names.
 *
 * @throws CnnError `missing-file`, `network`, `invalid-file` when they cannot be had; `invalid-shape` when a transform
 * does not fit the images.
 */
export async function openData(config: Config, context: Omit<DataContext, 'seed'>): Promise<OpenedData> {
  const options = dataOptions(config.data);
  const parts = await openParts(config, { ...context, seed: config.seed });
  const { classNames } = parts.train;
  const all = options.limit === null ? parts.train : limit(parts.train, options.limit);
  const test = parts.test && options.testLimit !== null ? limit(parts.test, options.testLimit) : parts.test;
  const { train, validation } =
    options.validation > 0
      ? splitDataset(all, options.validation, { seed: config.seed })
      : { train: all, validation: null };
  const transforms = options.transforms.map(createTransform);
  const augment = options.augment.map(createTransform);
  const sampleShape = await readSampleShape(train, [...augment, ...transforms]);
  return { train, validation, test, classNames, sampleShape, transforms, augment };
}

/** Loaders of one run. The training loader draws its orders from `generator`, as PyTorch's does. */
export function createLoaders(
  { train, validation, test, transforms, augment }: OpenedData,
  config: Config,
  generator: Generator,
): { train: DataLoader; validation: DataLoader | null; test: DataLoader | null } {
  const { batchSize, shuffle, dropLast } = dataOptions(config.data);
  const forEvaluation = (dataset: Dataset) => createEvaluationLoader(dataset, transforms, config);
  return {
    train: new DataLoader(train, { batchSize, shuffle, dropLast, generator, transforms, augment, seed: config.seed }),
    validation: validation && forEvaluation(validation),
    test: test && forEvaluation(test),
  };
}

/** A loader that visits `dataset` in its own order, without augmentation. */
export function createEvaluationLoader(dataset: Dataset, transforms: readonly Transform[], config: Config): DataLoader {
  return new DataLoader(dataset, { batchSize: dataOptions(config.data).evalBatchSize, transforms });
}

export function createTransform(component: ListedComponent): Transform {
  return createBuiltIn(TRANSFORMS, component, undefined);
}

function openParts({ data }: Config, context: DataContext): Promise<DataParts> {
  const [name, options] = componentParts(data);
  return isModulePath(name)
    ? loadDataModule(name, { options, seed: context.seed })
    : createBuiltIn(DATASETS, data, context);
}
