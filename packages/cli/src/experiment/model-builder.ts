import { CnnError, type Module, withMetaDevice } from '@cnn/core';
import { summary } from '@cnn/models';
import { MODELS, type ModelContext } from '../components/models.ts';
import { createBuiltIn } from '../config/built-in.ts';
import { componentParts, isModulePath, type NamedComponent } from '../config/component.ts';

/** Makes the model of an experiment, its initial parameters drawn from `context.generator`. */
export type ModelBuilder = (
  component: NamedComponent,
  context: ModelContext & { readonly classCount: number },
) => Module | Promise<Module>;

/**
 * Builds a model of the zoo and sends one black image through it, so that an impossible shape is found before the
 * first batch.
 *
 * @throws CnnError `invalid-shape` with the formula and the nearest legal value; `unsupported` for a module of the
 * user's own, which only `cnn-cli` loads.
 */
export function buildZooModel(component: NamedComponent, context: ModelContext): Module {
  checkInZoo(component);
  return tried(createBuiltIn(MODELS, component, context), context);
}

/**
 * How many parameters a model of the zoo would have. Nothing is built and no memory taken, whatever their number.
 *
 * @throws CnnError as `buildZooModel` does, but for shapes that only an image finds out.
 */
export function zooModelParameters(component: NamedComponent, context: ModelContext): number {
  checkInZoo(component);
  const model = withMetaDevice(() => createBuiltIn(MODELS, component, context));
  return [...model.parameters()].reduce((sum, { size }) => sum + size, 0);
}

/** `model`, after one black image went through it; disposed where none can. */
export function tried(model: Module, { sampleShape: [height, width, channels] }: ModelContext): Module {
  try {
    summary(model, { input: [channels, height, width] });
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function checkInZoo(component: NamedComponent): void {
  const [name] = componentParts(component);
  if (isModulePath(name)) throw needsTheCommand(`model ${name}`, 'a model of the zoo', 'a module of your own');
}

/** For what only the command can do. */
export function needsTheCommand(where: string, expected: string, received: string): CnnError {
  return new CnnError('unsupported', { where, expected, received, remedy: 'Run this config with cnn-cli' });
}
