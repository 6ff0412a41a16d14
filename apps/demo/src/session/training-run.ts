import type { Config } from '@cnn/cli/config';
import {
  assembleData,
  assembleExperiment,
  buildZooModel,
  comparableConfig,
  createLoaders,
  type DataParts,
  type Experiment,
  experimentFitOptions,
  type OpenedData,
} from '@cnn/cli/experiment';
import { type BackendDetails, type Dataset, Generator, type ImageShape, type Module } from '@cnn/core';
import type { DataLoader, Transform } from '@cnn/datasets';
import { type CheckpointStore, nanGuard, type Optimizer, type Trainer, trainer } from '@cnn/trainer';
import { BetweenSteps } from './between-steps.ts';
import { LiveData } from './live-data.ts';
import { applyLive, loaderSettings } from './live-settings.ts';
import { checkImageSizes, checkMemory } from './memory-limit.ts';
import type { OpenRun } from './open-run.ts';
import type { RunChanges } from './run-changes.ts';
import { RunKeeper } from './run-keeper.ts';
import type { WeightHistory } from './weight-history.ts';

/** What a run is made of. */
export interface TrainingRunParts {
  readonly id: number;
  readonly config: Config;
  readonly backend: BackendDetails;
  readonly parts: DataParts;
  /** Where it is kept. */
  readonly store: CheckpointStore;
  /** The weights so far: those of the same run, where it was open before. */
  readonly history: WeightHistory;
}

/** A run as the page has it open: an experiment of `@cnn/cli`, its trainer, and what may change while it trains. */
export class TrainingRun implements OpenRun {
  readonly id: number;
  readonly backend: BackendDetails;
  readonly between: BetweenSteps = new BetweenSteps();
  readonly keeper: RunKeeper;
  readonly history: WeightHistory;
  readonly data: LiveData;
  readonly #experiment: Experiment;
  readonly #store: CheckpointStore;
  #config: Config;
  #opened: OpenedData;
  #trainer: Trainer;

  private constructor(experiment: Experiment, { id, backend, store, history }: TrainingRunParts) {
    this.id = id;
    this.backend = backend;
    this.#experiment = experiment;
    this.#config = experiment.config;
    this.#opened = experiment.data;
    this.#store = store;
    this.history = history;
    this.keeper = new RunKeeper(() => this.#config);
    this.data = new LiveData(experiment.loaders.train, (batchSize) => this.#trainLoader({ batchSize }));
    this.#trainer = this.#createTrainer({ resume: false });
  }

  /**
   * Makes everything that the config names on the current backend.
   *
   * @throws CnnError for everything that can be known before the first batch.
   */
  static async create(given: TrainingRunParts): Promise<TrainingRun> {
    checkImageSizes(given.config);
    const data = await assembleData(given.config, given.parts);
    checkMemory(given.config, data);
    return new TrainingRun(await assembleExperiment(given.config, data), given);
  }

  get config(): Config {
    return this.#config;
  }
  get model(): Module {
    return this.#experiment.model;
  }
  get optimizer(): Optimizer {
    return this.#experiment.optimizer;
  }
  get generator(): Generator {
    return this.#experiment.generator;
  }
  get trainer(): Trainer {
    return this.#trainer;
  }
  get train(): Dataset {
    return this.#opened.train;
  }
  /** The test part; where there is none, what is held back of the training images, or these themselves. */
  get test(): Dataset {
    return this.#opened.test ?? this.#opened.validation ?? this.#opened.train;
  }
  get classNames(): readonly string[] {
    return this.#opened.classNames;
  }
  get sampleShape(): ImageShape {
    return this.#opened.sampleShape;
  }
  get transforms(): readonly Transform[] {
    return this.#opened.transforms;
  }
  get augment(): readonly Transform[] {
    return this.#opened.augment;
  }

  get changes(): RunChanges {
    return this.keeper.changes;
  }

  createTwin(): Module {
    const { sampleShape, classNames } = this;
    const context = { generator: new Generator(0), sampleShape, classCount: classNames.length };
    return buildZooModel(this.#config.model, context);
  }

  /** Takes in what may change while it trains, see `differsLive`. */
  async configure(config: Config): Promise<void> {
    const before = this.#config;
    this.#config = config;
    applyLive(this, before, config);
    if (loaderSettings(before) === loaderSettings(config)) return;
    const { train, test, validation } = this.#opened;
    const opened = await assembleData({ ...config, data: asOpened(config) }, { train, test });
    this.#opened = { ...opened, validation };
    this.data.exchange(this.#trainLoader());
  }

  /** A trainer that goes on from the last checkpoint: after the end of the former one, or after a reload. */
  goOn(): Trainer {
    this.#trainer = this.#createTrainer({ resume: true });
    return this.#trainer;
  }

  dispose(): void {
    this.#experiment.dispose();
  }

  #trainLoader(data: { batchSize?: number } = {}): DataLoader {
    const config = { ...this.#config, data: { ...this.#config.data, ...data } as Config['data'] };
    return createLoaders(this.#opened, config, this.generator).train;
  }

  #createTrainer({ resume }: { resume: boolean }): Trainer {
    const { validation, test } = this.#experiment.loaders;
    const created: Trainer = trainer({
      ...experimentFitOptions({ ...this.#experiment, config: this.#config }),
      config: () => comparableConfig(this.#config),
      logEverySteps: 1, // the page draws every loss, whatever the configuration writes to a file
      data: this.data,
      // The page shows the test accuracy after every epoch: it only looks, and moves nothing.
      validation: validation ?? test,
      callbacks: [nanGuard(), this.history.callback, this.keeper.callback(() => created)],
      store: this.#store,
      resume: resume ? { force: true } : false,
    });
    created.pause();
    return created;
  }
}

/** For data that have been limited and split before: not again. */
function asOpened({ data }: Config): Config['data'] {
  return { ...data, validation: 0, limit: null, testLimit: null };
}
