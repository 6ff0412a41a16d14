import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { CnnError } from '@cnn/core';

/** Packages of which a process must have one copy: they compare classes and share the tensors' engine. */
const SHARED_PACKAGES: readonly string[] = [
  '@cnn/backend-simd',
  '@cnn/core',
  '@cnn/datasets',
  '@cnn/metrics',
  '@cnn/models',
  '@cnn/trainer',
  '@tensorflow/tfjs-core',
];

let registered = false;

/**
 * The default export of a module of the user's own, in JavaScript or TypeScript. Its imports of `@cnn/*` give the
 * copies that this command uses; the user need not have installed them.
 *
 * @param path Absolute path of the file.
 * @param where Where the config names it, for messages.
 * @throws CnnError `invalid-config` when there is no such file, it does not load, or has no default export.
 */
export async function loadUserModule(path: string, where: string): Promise<unknown> {
  if (!existsSync(path)) throw unusable(where, `a file at ${path}`, 'no such file', 'Check the path');
  registerHooks();
  let module: { default?: unknown };
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(path).href);
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw unusable(where, 'a module that loads', message, `Correct ${path}`, error);
  }
  if (module.default === undefined) {
    const names = Object.keys(module).join(', ') || 'nothing';
    throw unusable(where, 'a default export', `${names} exported by ${path}`, 'Write `export default` before it');
  }
  return module.default;
}

/** Once a process: from then on Node's loader understands TypeScript and knows our packages. */
function registerHooks(): void {
  // From sources (in tests) there is no build of the hooks, and whoever runs sources understands TypeScript already.
  if (registered || import.meta.url.endsWith('.ts')) return;
  registered = true;
  const data = Object.fromEntries(SHARED_PACKAGES.map((name) => [name, import.meta.resolve(name)]));
  register(new URL('./module-hooks.js', import.meta.url), { data });
}

function unusable(where: string, expected: string, received: string, remedy: string, cause?: unknown): CnnError {
  return new CnnError('invalid-config', { where, expected, received, remedy }, { cause });
}
