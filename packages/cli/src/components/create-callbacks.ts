import { CnnError } from '@cnn/core';
import type { Callback } from '@cnn/trainer';
import { createBuiltIn } from '../config/built-in.ts';
import { componentParts, isModulePath, type ListedComponent } from '../config/component.ts';
import { loadUserModule } from '../modules/load-user-module.ts';
import { barBesideConsole, CALLBACKS, type CallbackContext } from './callbacks.ts';

/** What every run has, in this order, whether or not the config names it. */
const ALWAYS: readonly string[] = ['nan-guard', 'json-lines', 'csv', 'checkpoint'];

/**
 * Makes the callbacks that a config lists, and those that every run has: the run folder's files, the guard against NaN,
 * and progress on stderr, unless a `console` prints instead.
 *
 * @throws CnnError `invalid-config` when a module of the user's own is no callback.
 */
export async function createCallbacks(
  listed: readonly ListedComponent[],
  context: CallbackContext,
): Promise<Callback[]> {
  const names = listed.map((component) => componentParts(component)[0]);
  const progress = names.includes('console') ? [] : ['progress'];
  const missing = [...progress, ...ALWAYS].filter((name) => !names.includes(name));
  const bar = progress.length === 0 && !names.includes('progress') ? barBesideConsole(context.terminal) : null;
  const callbacks: Callback[] = bar ? [bar] : [];
  for (const component of [...missing, ...listed]) {
    const [name] = componentParts(component);
    callbacks.push(isModulePath(name) ? await userCallback(component) : createBuiltIn(CALLBACKS, component, context));
  }
  return callbacks;
}

/** The default export of a user's module: a callback, or a function of the options that returns one. */
async function userCallback(component: ListedComponent): Promise<Callback> {
  const [path, options] = componentParts(component);
  const exported = await loadUserModule(path, 'callbacks');
  const callback: unknown = typeof exported === 'function' ? await exported(options) : exported;
  if (isCallback(callback)) return callback;
  throw new CnnError('invalid-config', {
    where: `callbacks ${path}`,
    expected: 'a default export that is a callback with a name, or a function that returns one',
    received: callback === null ? 'null' : typeof callback,
    remedy: "Write for example export default { name: 'my-callback', onEpochEnd(run) { ... } }",
  });
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}
