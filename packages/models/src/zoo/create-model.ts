import { CnnError, type Generator, Module, nearestName, withGenerator } from '@cnn/core';
import { type ModelName, modelEntries } from './model-entries.ts';
import type { ModelEntry, ModelOptions } from './model-entry.ts';

/** A model of one's own: its class, or a function that builds it. */
export type ModelSource<Options> = (new (options: Options) => Module) | ((options: Options) => Module);

/** Where the initial parameters come from. */
export interface CreateModelOptions {
  /** Default: the ambient generator, which `manualSeed` seeds. */
  readonly generator?: Generator;
}

/** The names of the zoo's models. */
export function modelNames(): ModelName[] {
  return Object.keys(modelEntries) as ModelName[];
}

/** What the zoo knows of a model. @throws CnnError `invalid-argument` for an unknown name, with the nearest one. */
export function modelEntry(name: string): ModelEntry {
  const names = modelNames();
  const known = names.find((candidate) => candidate === name);
  if (known) return modelEntries[known];
  throw new CnnError('invalid-argument', {
    where: 'createModel',
    expected: `a model of the zoo (${names.join(', ')})`,
    received: name,
    remedy: `Write ${nearestName(name, names)}, or pass a class of your own`,
  });
}

/**
 * Builds a model of the zoo by name, or one of your own from its class or function, with initial parameters drawn from
 * `generator`.
 *
 * @example
 * const model = createModel('two-block-cnn', { generator: new Generator(0) });
 * const own = createModel(MyNet, { width: 64, generator: new Generator(0) });
 * @throws CnnError `invalid-argument` for an unknown name or option, with the nearest one, and for an illegal value.
 */
export function createModel(name: string, options?: ModelOptions & CreateModelOptions): Module;
export function createModel<Options>(
  source: ModelSource<Options>,
  options?: NoInfer<NonNullable<Options>> & CreateModelOptions,
): Module;
export function createModel(
  source: string | ModelSource<ModelOptions>,
  { generator, ...options }: ModelOptions & CreateModelOptions = {},
): Module {
  const build = () => {
    if (typeof source === 'string') return createFromZoo(source, options);
    return isModuleClass(source) ? new source(options) : source(options);
  };
  const model = generator ? withGenerator(generator, build) : build();
  if (model instanceof Module) return model;
  throw new CnnError('invalid-argument', {
    where: 'createModel',
    expected: 'a function that returns a Module',
    received: `one that returns ${model === null ? 'null' : typeof model}`,
    remedy: "Return an instance of a class that extends Module of '@cnn/core'",
  });
}

function createFromZoo(name: string, options: ModelOptions): Module {
  const entry = modelEntry(name);
  for (const option of Object.keys(options)) {
    if (entry.options.includes(option)) continue;
    throw new CnnError('invalid-argument', {
      where: `createModel ${name}`,
      expected: `no options but ${entry.options.join(', ')}`,
      received: option,
      remedy: `Write ${nearestName(option, entry.options)}`,
    });
  }
  return entry.create(options);
}

function isModuleClass(source: ModelSource<ModelOptions>): source is new (options: ModelOptions) => Module {
  return source.prototype instanceof Module;
}
