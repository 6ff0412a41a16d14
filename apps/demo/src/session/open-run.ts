import type { Config } from '@cnn/cli/config';
import type { BackendDetails, Dataset, Generator, ImageShape, Module } from '@cnn/core';
import type { Transform } from '@cnn/datasets';
import type { Optimizer, Trainer } from '@cnn/trainer';
import type { BetweenSteps } from './between-steps.ts';
import type { RunChanges } from './run-changes.ts';
import type { WeightHistory } from './weight-history.ts';

/** The run that the Worker has open: what a configuration stands for, made and ready to train. */
export interface OpenRun {
  /** Counts the runs of this page: another number, another run. */
  readonly id: number;
  readonly config: Config;
  readonly backend: BackendDetails;
  readonly model: Module;
  readonly train: Dataset;
  readonly test: Dataset;
  readonly classNames: readonly string[];
  /** Of one image after all transforms. */
  readonly sampleShape: ImageShape;
  /** For training and evaluation alike. */
  readonly transforms: readonly Transform[];
  /** For training alone, before `transforms`. */
  readonly augment: readonly Transform[];
  readonly optimizer: Optimizer;
  readonly trainer: Trainer;
  /** It initialised the model, and the training loader draws its orders from it. */
  readonly generator: Generator;
  /** Looking into the network goes through here: no step is taken meanwhile. */
  readonly between: BetweenSteps;
  /** The weights since the first step; its callback is among the trainer's. */
  readonly history: WeightHistory;
  /** What was changed while it trained. */
  readonly changes: RunChanges;
  /** Another network of the same make, with other weights: to load a snapshot into. Whoever makes it disposes it. */
  createTwin(): Module;
}

/** Where services find the open run. */
export interface RunHolder {
  current(): OpenRun | undefined;
}
