import type { Module } from '@cnn/core';
import type { ClassifierOptions } from './classifier-options.ts';

/** Shape of one input in PyTorch's order. */
export type InputShape = readonly [channels: number, height: number, width: number];

/** Options of a model of the zoo, as a config file holds them. Each model checks the values of its own. */
export interface ModelOptions extends ClassifierOptions {
  readonly [option: string]: unknown;
}

/** What the zoo knows of a model before it is built. */
export interface ModelEntry {
  /** What it is, in one line. */
  readonly title: string;
  /** Names of the options that `create` understands. */
  readonly options: readonly string[];
  /** The input that a model with these options expects. */
  readonly inputShape: (options: ModelOptions) => InputShape;
  /** Parameters with default options. */
  readonly parameterCount: number;
  /** Draws its parameters from the ambient generator. @throws CnnError `invalid-argument` for an illegal value. */
  readonly create: (options: ModelOptions) => Module;
}
