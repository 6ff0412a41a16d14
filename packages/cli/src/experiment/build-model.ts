import { CnnError, type Module } from '@cnn/core';
import { createModel, type ModelSource, summary } from '@cnn/models';
import { MODELS, type ModelContext, modelOptions } from '../components/models.ts';
import { createBuiltIn } from '../config/built-in.ts';
import { componentParts, isModulePath, type NamedComponent } from '../config/component.ts';
import { loadUserModule } from '../modules/load-user-module.ts';

/**
 * Builds the model that a config names, its initial parameters drawn from `context.generator`, and sends one black
 * image through it, so that an impossible shape is found before the first batch.
 *
 * @throws CnnError `invalid-shape` with the formula and the nearest legal value; `invalid-config` when a module of the
 * user's own has no model.
 */
export async function buildModel(component: NamedComponent, context: ModelContext): Promise<Module> {
  const [name, options] = componentParts(component);
  const model = isModulePath(name)
    ? createModel(await loadModelSource(name), modelOptions(options, context))
    : createBuiltIn(MODELS, component, context);
  const [height, width, channels] = context.sampleShape;
  try {
    summary(model, { input: [channels, height, width] });
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
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
