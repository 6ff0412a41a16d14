import { createHash } from 'node:crypto';
import type { Dataset, Generator, Module } from '@cnn/core';
import { DataLoader } from '@cnn/datasets';
import { cacheFeatures, type FeatureHead, featureCacheObstacle, ModelBehindBackbone } from '@cnn/models';
import { fileByteCache } from '@cnn/models/node';
import type { Config, TransferConfig } from '../config/config.ts';
import { dataOptions } from '../config/data-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { createEvaluationLoader, type OpenedData } from './assemble-data.ts';
import { headOf } from './transfer-model.ts';

/** Loaders of features instead of images, and the model as it stands behind its backbone. */
export interface CachedTraining {
  readonly model: Module;
  readonly loaders: {
    readonly train: DataLoader;
    readonly validation: DataLoader | null;
    readonly test: DataLoader | null;
  };
}

/**
 * Computes once what the frozen backbone makes of the images, so that the head trains in seconds. Returns null, with a
 * note, where that would give another result than training on the images.
 */
export async function trainOnFeatures(
  model: Module,
  data: OpenedData,
  { config, transfer, generator, terminal, signal }: CachedTrainingOptions,
): Promise<CachedTraining | null> {
  const head = headOf(model, transfer);
  const augmentations = data.augment.map(({ name }) => name);
  const obstacle = featureCacheObstacle(model, { head, augmentations, unfreezes: transfer.stages.length > 0 });
  if (obstacle !== null) {
    terminal.log(`note: features are not cached: ${obstacle}`);
    return null;
  }
  let behind: FeatureHead | undefined;
  const featuresOf = async (dataset: Dataset, what: string): Promise<Dataset> => {
    const started = performance.now();
    const result = await cacheFeatures(model, createEvaluationLoader(dataset, data.transforms, config), {
      head,
      classNames: data.classNames,
      ...(transfer.cacheFeatures === 'disk' ? { cache: fileByteCache(), key: await keyOf(dataset, config) } : {}),
      onProgress: ({ samples }) => {
        if (terminal.interactive)
          terminal.stderr.write(`\r\u001b[2KFeatures: ${samples} of ${dataset.length} ${what} images`);
      },
      ...(signal ? { signal } : {}),
    });
    if (terminal.interactive) terminal.stderr.write('\r\u001b[2K');
    behind ??= result.head;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    terminal.log(
      `Features of ${dataset.length} ${what} images: ${result.fromCache ? 'from the cache' : `computed in ${seconds} s`}`,
    );
    return result.dataset;
  };
  const train = await featuresOf(data.train, 'training');
  const validation = data.validation && (await featuresOf(data.validation, 'validation'));
  const test = data.test && (await featuresOf(data.test, 'test'));
  const { batchSize, shuffle, dropLast, evalBatchSize } = dataOptions(config.data);
  return {
    model: new ModelBehindBackbone(model, behind!),
    loaders: {
      train: new DataLoader(train, { batchSize, shuffle, dropLast, generator, seed: config.seed }),
      validation: validation && new DataLoader(validation, { batchSize: evalBatchSize }),
      test: test && new DataLoader(test, { batchSize: evalBatchSize }),
    },
  };
}

export interface CachedTrainingOptions {
  readonly config: Config;
  readonly transfer: TransferConfig;
  readonly generator: Generator;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
}

/** Names the images by their content: a file that was exchanged gives another key. */
async function keyOf(dataset: Dataset, { data }: Config): Promise<{ data: string; transforms: string }> {
  const hash = createHash('sha256');
  for (let index = 0; index < dataset.length; index++) {
    const { pixels, label } = await dataset.get(index);
    hash.update(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)).update(`:${label};`);
  }
  return { data: hash.digest('hex'), transforms: JSON.stringify(data.transforms) };
}
