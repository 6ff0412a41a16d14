import { CnnError, type Module, nearestName } from '@cnn/core';
import { type PathPatterns, pathMatcher, patternList } from './path-pattern.ts';

/**
 * Freezes the parts of a model that the patterns mean; without patterns all of it. Not a byte of them changes until
 * `unfreeze`: no gradient, batch norm and dropout in evaluation mode.
 *
 * @example
 * freeze(model, ['**', '!fc']); // everything but the head
 * @returns Paths of the layers that were frozen by this call.
 * @throws CnnError `invalid-argument` when a pattern means nothing in this model, with the nearest path.
 */
export function freeze(model: Module, patterns: PathPatterns = '**'): string[] {
  return setFrozen(model, patterns, true);
}

/** The opposite of `freeze`, for the same patterns. @returns Paths of the layers that were unfrozen by this call. */
export function unfreeze(model: Module, patterns: PathPatterns = '**'): string[] {
  return setFrozen(model, patterns, false);
}

/** True when nothing in the module can be moved: all parameters are frozen, and all layers in evaluation mode. */
export function isFrozen(module: Module): boolean {
  return layersOf(module).every(([, layer]) => layer.frozen) && module.parameters().every((entry) => !entry.trainable);
}

/** The modules without submodules, by path. */
function layersOf(model: Module): [path: string, layer: Module][] {
  return [...model.namedModules()].filter(([, module]) => module.children().length === 0);
}

/** @throws CnnError `invalid-argument` naming the pattern that means none of `paths`. */
export function checkPatterns(patterns: PathPatterns, paths: readonly string[], where: string): void {
  for (const pattern of patternList(patterns)) {
    const meant = pattern.replace(/^!/, '');
    if (paths.some(pathMatcher(meant))) continue;
    throw new CnnError('invalid-argument', {
      where,
      expected: 'patterns of paths in the model',
      received: `${pattern}, which means none of them`,
      remedy: `Write ${nearestName(meant, paths)}`,
    });
  }
}

/** Layer by layer; a module that has parameters of its own besides submodules keeps their flags together. */
function setFrozen(model: Module, patterns: PathPatterns, frozen: boolean): string[] {
  const modules = [...model.namedModules()];
  const paths = modules.map(([path]) => path);
  checkPatterns(patterns, paths, frozen ? 'freeze' : 'unfreeze');
  const isMeant = pathMatcher(patterns);
  for (const [path, parameter] of model.namedParameters()) if (isMeant(path)) parameter.trainable = !frozen;
  const changed = layersOf(model).filter(([path, layer]) => isMeant(path) && layer.frozen !== frozen);
  for (const [, layer] of changed) {
    if (frozen) layer.freeze();
    else layer.unfreeze();
  }
  return changed.map(([path]) => path);
}
