import { CnnError, type Generator, Linear, type Module, withGenerator } from '@cnn/core';
import { isFrozen } from './freeze.ts';

/** How a head is replaced. */
export interface ReplaceHeadOptions {
  /** Path of the layer that gives the logits. Default: the last `Linear`. */
  readonly path?: string;
  /** Draws the new weights. Default: the ambient generator. */
  readonly generator?: Generator;
}

/**
 * Puts a new `Linear` with `classes` outputs in the place of the one that gives the logits, as a notebook writes
 * `model.fc = nn.Linear(512, 10)`. The old one is disposed; the new one is trainable also where the rest is frozen.
 *
 * @returns The new layer.
 * @throws CnnError `invalid-argument` when there is no `Linear` there.
 */
export function replaceHead(model: Module, classes: number, options: ReplaceHeadOptions = {}): Linear {
  const path = options.path ?? findHead(model);
  const { parent, name, layer: old } = locate(model, path);
  if (!(old instanceof Linear)) throw noLinear(`a ${old.constructor.name} at ${path}`, model);
  const make = () => new Linear(old.inFeatures, classes, { bias: old.bias !== null });
  const head = options.generator ? withGenerator(options.generator, make) : make();
  Reflect.set(parent, name, head);
  old.dispose();
  return head;
}

/** Path of the last `Linear` of the model. @throws CnnError `invalid-argument` when there is none. */
export function findHead(model: Module): string {
  const found = [...model.namedModules()].filter(([, module]) => module instanceof Linear).at(-1);
  if (found && found[0] !== '') return found[0];
  throw noLinear('none below the model itself', model);
}

/** The layer at `path` and the module that it is a field of. @throws CnnError `invalid-argument`. */
export function locate(model: Module, path: string): { parent: Module; name: string; layer: Module } {
  const names = path.split('.');
  const name = names.pop() ?? '';
  let parent: Module | undefined = model;
  for (const step of names) parent = childOf(parent, step);
  const layer = childOf(parent, name);
  if (parent && layer) return { parent, name, layer };
  throw noLinear(`nothing at ${path}`, model);
}

/** True when everything but the head is frozen. */
export function isBackboneFrozen(model: Module, headPath: string): boolean {
  const isHead = (path: string) => path === headPath || path.startsWith(`${headPath}.`);
  return [...model.namedModules()].every(([path, module]) => {
    return module.children().length > 0 || isHead(path) || isFrozen(module);
  });
}

function childOf(module: Module | undefined, name: string): Module | undefined {
  return module?.children().find(([field]) => field === name)?.[1];
}

function noLinear(received: string, model: Module): CnnError {
  const linears = [...model.namedModules()].filter(([, module]) => module instanceof Linear).map(([path]) => path);
  return new CnnError('invalid-argument', {
    where: 'replaceHead',
    expected: 'the path of a Linear',
    received,
    remedy:
      linears.length > 0 ? `Pass one of ${linears.join(', ')}` : 'Give the model a Linear that ends in its logits',
  });
}
