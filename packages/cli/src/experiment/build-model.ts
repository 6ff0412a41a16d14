import { CnnError, type Module } from '@cnn/core';
import { createModel, type ModelSource } from '@cnn/models';
import { type ModelContext, modelOptions } from '../components/models.ts';
import { componentParts, isModulePath, type NamedComponent } from '../config/component.ts';
import { loadUserModule } from '../modules/load-user-module.ts';
import { buildZooModel, tried } from './model-builder.ts';

/**
 * Builds the model that a config names, its initial parameters drawn from `context.generator`, and sends one black
 * image through it, so that an impossible shape is found before the first batch.
 *
 * @throws CnnError `invalid-shape` with the formula and the nearest legal value; `invalid-config` when a module of the
 * user's own has no model.
 */
export async function buildModel(component: NamedComponent, context: ModelContext): Promise<Module> {
  const [name, options] = componentParts(component);
  if (!isModulePath(name)) return buildZooModel(component, context);
  return tried(createModel(await loadModelSource(name), modelOptions(options, context)), context);
}

async function loadModelSource(path: string): Promise<ModelSource<Record<string, unknown>>> {
  const source = await loadUserModule(path, 'model');
  if (isModelSource(source)) return source;
  throw new CnnError('invalid-config', {
    where: `model ${path}`,
    expected: 'a default export that is a class which extends Module, or a function that returns one',
    received: source === null ? 'null' : typeof source,
    remedy: "Write `export default class MyNet extends Module`, with Module from '@cnn/core'",
  });
}

function isModelSource(value: unknown): value is ModelSource<Record<string, unknown>> {
  return typeof value === 'function';
}
