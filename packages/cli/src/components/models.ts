import type { Generator, ImageShape, Module } from '@cnn/core';
import { createModel, modelEntry, modelNames } from '@cnn/models';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

/** What a model is built for: images of this shape, so many classes. */
export interface ModelContext {
  /** Where the initial parameters are drawn from. */
  readonly generator: Generator;
  /** Of the images after all transforms. */
  readonly sampleShape: ImageShape;
  /** Null: as many as the model has by itself. */
  readonly classCount: number | null;
}

const fromData = z.int().min(1).nullable().default(null);

const OPTIONS: Readonly<Record<string, z.ZodType>> = {
  classes: fromData.describe('outputs; null: one for each class of the data'),
  inChannels: fromData.describe('1 for grey, 3 for colour; null: as the data'),
  imageSize: fromData.describe('side of the images in pixels; null: as the data'),
  hidden: fromData.describe('units of the hidden layer; null: the usual number'),
};

/** The zoo's models by name. An option that is null comes from the data. */
export const MODELS: BuiltIns<ModelContext, Module> = Object.fromEntries(
  modelNames().map((name) => {
    const { options } = modelEntry(name);
    const shape = Object.fromEntries(options.map((option) => [option, OPTIONS[option] ?? z.json().nullable()]));
    return [name, builtIn(z.strictObject(shape), (given, context) => createModel(name, modelOptions(given, context)))];
  }),
);

/** Options for `createModel`: what the data says, then what the config says. */
export function modelOptions(
  given: Readonly<Record<string, unknown>>,
  { sampleShape: [height, , channels], classCount, generator }: ModelContext,
): Record<string, unknown> & { generator: Generator } {
  const classes = classCount === null ? {} : { classes: classCount };
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return { ...classes, inChannels: channels, imageSize: height, ...told, generator };
}
