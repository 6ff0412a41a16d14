// A loader hook: `@tensorflow/tfjs-node` is what lies in the folder CNN_TFJS_NODE.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export function resolve(specifier, context, nextResolve) {
  if (specifier !== '@tensorflow/tfjs-node') return nextResolve(specifier, context);
  return nextResolve(pathToFileURL(join(process.env.CNN_TFJS_NODE, 'dist/index.js')).href, context);
}
