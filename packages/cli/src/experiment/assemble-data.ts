import type { Dataset, Generator, ImageShape } from '@cnn/core';
import { DataLoader, limit, readSampleShape, splitDataset, type Transform } from '@cnn/datasets';
import { TRANSFORMS } from '../components/transforms.ts';
import { createBuiltIn } from '../config/built-in.ts';
import type { ListedComponent } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { dataOptions } from '../config/data-options.ts';

/** A data set's two parts; `test` is null where there is none. */
export interface DataParts {
  readonly train: Dataset;
  readonly test: Dataset | null;
}

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
 * Makes of a data set's two parts what a config asks for: limited, split, with its transforms.
 *
 * @throws CnnError `invalid-shape` when a transform does not fit the images.
 */
export async function assembleData({ data, seed }: Config, parts: DataParts): Promise<OpenedData> {
  const options = dataOptions(data);
  const { classNames } = parts.train;
  const all = options.limit === null ? parts.train : limit(parts.train, options.limit);
  const test = parts.test && options.testLimit !== null ? limit(parts.test, options.testLimit) : parts.test;
  const { train, validation } =
    options.validation > 0 ? splitDataset(all, options.validation, { seed }) : { train: all, validation: null };
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
