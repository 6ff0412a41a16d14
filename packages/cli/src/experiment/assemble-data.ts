import type { Dataset, Generator, ImageShape } from '@cnn/core';
import { DataLoader, limit, readSampleShape, splitDataset, type Transform } from '@cnn/datasets';
import { TRANSFORMS } from '../components/transforms.ts';
import { createBuiltIn } from '../config/built-in.ts';
import type { ListedComponent } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { dataOptions } from '../config/data-options.ts';

/** A data set's two parts; `test` is null where there is none. */
export interface DataParts {
  /** What validation is split from. */
  readonly train: Dataset;
  /** Seen once, at the end; null where there is none. */
  readonly test: Dataset | null;
}

/** The data sets of a run, opened and split but not yet cut into batches. */
export interface OpenedData {
  /** What is trained on, limited and without the validation part. */
  readonly train: Dataset;
  /** What was held back; null where nothing was. */
  readonly validation: Dataset | null;
  /** Seen once, at the end; null where there is none. */
  readonly test: Dataset | null;
  /** Name of each class, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Of one image after all transforms. */
  readonly sampleShape: ImageShape;
  /** For training and evaluation alike, first to last. */
  readonly transforms: readonly Transform[];
  /** For training alone, before `transforms`. */
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

/** The data sets of a run in batches; each is walked once an epoch. */
export interface ExperimentLoaders {
  /** In a new order each epoch where the config shuffles, augmented. */
  readonly train: DataLoader;
  /** In the data set's own order; null where nothing is held back. */
  readonly validation: DataLoader | null;
  /** In the data set's own order; null where there is none. */
  readonly test: DataLoader | null;
}

/** Loaders of one run. The training loader draws its orders from `generator`, as PyTorch's does. */
export function createLoaders(
  { train, validation, test, transforms, augment }: OpenedData,
  config: Config,
  generator: Generator,
): ExperimentLoaders {
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

/** The transform that an entry of `transforms` or `augment` names. @throws CnnError `invalid-argument` for its options. */
export function createTransform(component: ListedComponent): Transform {
  return createBuiltIn(TRANSFORMS, component, undefined);
}
