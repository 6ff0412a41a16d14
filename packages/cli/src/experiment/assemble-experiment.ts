import { Generator, type Metric, type Module } from '@cnn/core';
import { confusionMatrix } from '@cnn/metrics';
import type { Loss, Optimizer, Schedule } from '@cnn/trainer';
import { LOSSES } from '../components/losses.ts';
import { METRICS } from '../components/metrics.ts';
import { OPTIMIZERS } from '../components/optimizers.ts';
import { SCHEDULES } from '../components/schedules.ts';
import { createBuiltIn } from '../config/built-in.ts';
import type { Config } from '../config/config.ts';
import { createLoaders, type ExperimentLoaders, type OpenedData } from './assemble-data.ts';
import { checkLoss } from './check-loss.ts';
import { buildZooModel, type ModelBuilder, needsTheCommand } from './model-builder.ts';

/** Everything that a config stands for, ready to train on whatever backend is current. */
export interface Experiment {
  /** The resolved config that all of it was made from. */
  readonly config: Config;
  /** The data sets, not yet cut into batches. */
  readonly data: OpenedData;
  /** The data sets in batches; each is walked once an epoch. */
  readonly loaders: ExperimentLoaders;
  /** What is trained, its initial parameters drawn. */
  readonly model: Module;
  /** Compares the model's outputs with class indices. */
  readonly loss: Loss;
  /** Has the model's parameters, in the groups that the config asks for. */
  readonly optimizer: Optimizer;
  /** How the learning rates change; null where they stay. */
  readonly schedule: Schedule | null;
  /** For validation and test: those of the config, then the confusion matrix. */
  readonly metrics: readonly Metric<unknown>[];
  /** The run's one generator: it initialised the model, and the training loader draws its orders from it. */
  readonly generator: Generator;
  /** Frees the model and the optimizer's state. */
  dispose(): void;
}

/** What differs between where experiments run. */
export interface AssembleOptions {
  /** Where the model comes from. Default: the zoo. */
  readonly buildModel?: ModelBuilder;
}

/**
 * Makes the model and all else that a config names, in PyTorch's order of draws: seed, then the model's parameters,
 * then, each epoch, the loader's order. The one way from a config to numbers, in Node and in a page.
 *
 * @throws CnnError before the first batch for everything that can be known before it; `unsupported` for pretrained
 * weights and modules of the user's own where `buildModel` is left out.
 */
export async function assembleExperiment(
  config: Config,
  data: OpenedData,
  { buildModel }: AssembleOptions = {},
): Promise<Experiment> {
  if (config.transfer && !buildModel) throw needsTheCommand('transfer', 'null', 'pretrained weights');
  const { sampleShape, classNames } = data;
  const generator = new Generator(config.seed);
  const context = { generator, sampleShape, classCount: classNames.length };
  const model = await (buildModel ?? buildZooModel)(config.model, context);
  try {
    await checkLoss(config, model, context);
  } catch (error) {
    model.dispose();
    throw error;
  }
  const optimizer = createBuiltIn(OPTIMIZERS, config.optimizer, model);
  return {
    config,
    data,
    loaders: createLoaders(data, config, generator),
    model,
    loss: createBuiltIn(LOSSES, config.loss, undefined),
    optimizer,
    schedule: config.schedule && createBuiltIn(SCHEDULES, config.schedule, undefined),
    metrics: [
      ...config.metrics.map((metric): Metric<unknown> => createBuiltIn(METRICS, metric, undefined)),
      confusionMatrix({ classNames }),
    ],
    generator,
    dispose() {
      optimizer.dispose();
      model.dispose();
    },
  };
}
