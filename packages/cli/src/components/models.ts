import { CnnError, type Generator, type ImageShape, type Module } from '@cnn/core';
import { createModel, modelEntry, modelNames } from '@cnn/models';
import * as z from 'zod/mini';
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { COUNT, described, orNull } from '../config/option.ts';
import { SEQUENTIAL_SCHEMA } from './layers.ts';

/** What a model is built for: images of this shape, so many classes. */
export interface ModelContext {
  /** Where the initial parameters are drawn from. */
  readonly generator: Generator;
  /** Of the images after all transforms. */
  readonly sampleShape: ImageShape;
  /** Null: as many as the model has by itself. */
  readonly classCount: number | null;
}

const fromData = orNull(COUNT);

const OPTIONS: Readonly<Record<string, z.ZodMiniType>> = {
  classes: described(fromData, 'outputs; null: one for each class of the data'),
  inChannels: described(fromData, '1 for grey, 3 for colour; null: as the data'),
  imageSize: described(fromData, 'side of the images in pixels; null: as the data'),
  hidden: described(fromData, 'units of the hidden layer; null: the usual number'),
};

const zoo: BuiltIns<ModelContext, Module> = Object.fromEntries(
  modelNames()
    .filter((name) => name !== 'sequential')
    .map((name) => {
      const { options } = modelEntry(name);
      const shape = Object.fromEntries(options.map((option) => [option, OPTIONS[option] ?? z.nullable(z.json())]));
      const schema = z.strictObject(shape);
      return [name, builtIn(schema, (given, context) => createModel(name, modelOptions(given, context)))];
    }),
);

/** The zoo's models by name, and `sequential`. An option that is null comes from the data. */
export const MODELS: BuiltIns<ModelContext, Module> = {
  ...zoo,
  sequential: builtIn(SEQUENTIAL_SCHEMA, ({ input, layers }, { sampleShape, classCount, generator }) => {
    const [height, width, channels] = sampleShape;
    const ofData = [channels, height, width];
    if (input && String(input) !== String(ofData)) throw otherInput(input, ofData);
    const classes = classCount === null ? {} : { classes: classCount };
    return createModel('sequential', { input: ofData, layers, ...classes, generator });
  }),
};

/** Options for `createModel`: what the data says, then what the config says. */
export function modelOptions(
  given: Readonly<Record<string, unknown>>,
  { sampleShape: [height, , channels], classCount, generator }: ModelContext,
): Record<string, unknown> & { generator: Generator } {
  const classes = classCount === null ? {} : { classes: classCount };
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return { ...classes, inChannels: channels, imageSize: height, ...told, generator };
}

function otherInput(input: readonly number[], ofData: readonly number[]): CnnError {
  return new CnnError('invalid-config', {
    where: 'model.input',
    expected: `[${ofData.join(', ')}], what the data and its transforms give`,
    received: `[${input.join(', ')}]`,
    remedy: 'Leave model.input out, or bring the images to its size with a transform',
  });
}
