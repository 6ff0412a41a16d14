import { readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isTypeScriptUrl, javaScriptOf } from './typescript-source.ts';

// Customisation hooks of Node's module loader (`module.register`): Node runs this file in a thread of its own.

let ownPackages: Readonly<Record<string, string>> = {};

/** @param packages URLs of the packages of which there must be one copy, by name. */
export const initialize: InitializeHook<Readonly<Record<string, string>>> = async (packages) => {
  ownPackages = packages;
};

/** A user's `import '@cnn/core'` gives the copy that this command uses, wherever the user's file lies. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const own = ownPackages[specifier];
  if (own) return { url: own, shortCircuit: true };
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    // TypeScript's habit: `./layer.js` means the file `./layer.ts`.
    if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
    return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
  }
};

/** Removes the types of a `.ts` file, which Node 20 cannot and Node 22 does not wholly. */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (!isTypeScriptUrl(url)) return nextLoad(url, context);
  const path = fileURLToPath(url);
  return { format: 'module', shortCircuit: true, source: javaScriptOf(readFileSync(path, 'utf8'), path) };
};
