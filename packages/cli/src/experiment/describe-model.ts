import type { ImageShape } from '@cnn/core';
import { CATALOGUE, compose } from '@cnn/datasets';
import { modelEntry, modelNames } from '@cnn/models';
import { isModulePath } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { dataOptions } from '../config/data-options.ts';
import { parseOverride } from '../config/override.ts';
import { parseConfig } from '../config/parse-config.ts';
import { withAbsoluteModules } from '../config/read-config.ts';
import { createTransform } from './assemble-data.ts';
import { openData } from './open-data.ts';

/** What a model is built for. */
export interface ModelFacts {
  readonly sampleShape: ImageShape;
  /** Null: as many as the model has by itself. */
  readonly classCount: number | null;
  readonly classNames: readonly string[];
}

/** True for the name of a model of the zoo or the path of a module, as opposed to a config. */
export function isModelName(source: string): boolean {
  return modelNames().some((name) => name === source) || isModulePath(source);
}

/** A model that stands by itself, as if a config named it and nothing else. */
export function bareModelConfig(
  model: string,
  { cwd, overrides }: { cwd: string; overrides: readonly string[] },
): Config {
  const parsed = parseConfig({ overrides: [`model=${model}`, ...overrides].map(parseOverride) });
  return withAbsoluteModules(parsed, { cwd, folder: cwd });
}

/** What a model that stands by itself takes: its own usual input. */
export function bareModelFacts(model: string): ModelFacts {
  const known = modelNames().some((name) => name === model);
  const [channels, height, width] = known ? modelEntry(model).inputShape({}) : [1, 28, 28];
  return { sampleShape: [height, width, channels], classCount: known ? null : 10, classNames: [] };
}

/** What a config's model is built for. Of a data set of the catalogue it is known without opening it. */
export async function configModelFacts(config: Config, { cwd }: { cwd: string }): Promise<ModelFacts> {
  const entry = CATALOGUE.find(({ name }) => name === config.data.name);
  if (!entry) {
    const { sampleShape, classNames } = await openData(config, { cwd });
    return { sampleShape, classCount: classNames.length, classNames };
  }
  const { augment, transforms } = dataOptions(config.data);
  const { classNames } = entry;
  const chain = compose([...augment, ...transforms].map(createTransform));
  const sampleShape = chain.outputShape(entry.sampleShape) ?? entry.sampleShape;
  return { sampleShape, classCount: classNames.length, classNames };
}
