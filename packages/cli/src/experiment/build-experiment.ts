import { type BackendDetails, Generator, type Metric, type Module } from '@cnn/core';
import type { DataLoader } from '@cnn/datasets';
import { confusionMatrix } from '@cnn/metrics';
import type { Loss, Optimizer, Schedule } from '@cnn/trainer';
import { LOSSES } from '../components/losses.ts';
import { METRICS } from '../components/metrics.ts';
import { OPTIMIZERS } from '../components/optimizers.ts';
import { SCHEDULES } from '../components/schedules.ts';
import { createBuiltIn } from '../config/built-in.ts';
import type { Config } from '../config/config.ts';
import { downloadProgressLine } from '../terminal/download-progress-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { buildModel } from './build-model.ts';
import { createLoaders, type OpenedData, openData } from './open-data.ts';
import { buildTransferModel } from './transfer-model.ts';
import { useBackend } from './use-backend.ts';

/** Everything that a config stands for, ready to train. */
export interface Experiment {
  readonly config: Config;
  readonly backend: BackendDetails;
  readonly data: OpenedData;
  readonly loaders: {
    readonly train: DataLoader;
    readonly validation: DataLoader | null;
    readonly test: DataLoader | null;
  };
  readonly model: Module;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule | null;
  /** For validation and test; the confusion matrix comes last. */
  readonly metrics: readonly Metric<unknown>[];
  /** The run's one generator: it initialised the model, and the training loader draws its orders from it. */
  readonly generator: Generator;
  dispose(): void;
}

/**
 * Makes the data, the model and all else that a config names, in PyTorch's order of draws: seed, then the model's
 * parameters, then, each epoch, the loader's order.
 *
 * @throws CnnError before the first batch for everything that can be known before it.
 */
export async function buildExperiment(
  config: Config,
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal | undefined },
): Promise<Experiment> {
  const backend = await useBackend(config, { terminal });
  const data = await openData(config, { cwd: terminal.cwd, onProgress: downloadProgressLine(terminal), signal });
  const { sampleShape, classNames } = data;
  const generator = new Generator(config.seed);
  const context = { generator, sampleShape, classCount: classNames.length, terminal, signal };
  const model = config.transfer
    ? await buildTransferModel(config.model, config.transfer, context)
    : await buildModel(config.model, context);
  const optimizer = createBuiltIn(OPTIMIZERS, config.optimizer, model);
  return {
    config,
    backend,
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
