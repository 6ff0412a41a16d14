import { CnnError } from '../errors/cnn-error.ts';
import type { Module } from './module.ts';

/** Which layer refused its input, by the error that it threw: a layer does not know where it lies. */
const refusals = new WeakMap<CnnError, Module>();

/** Runs a layer's own work, and remembers whose error it was. */
export function refusedBy<Result>(layer: Module, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof CnnError) refusals.set(error, layer);
    throw error;
  }
}

/**
 * Runs `compute`, which sends something through `model`; where a layer refuses its input, the error says by the layer's
 * path which one it was: `features.3 (Conv2d): expected …`.
 *
 * @example
 * const logits = withLayerPaths(model, () => model.forward(images));
 * @throws CnnError what the layers throw, `invalid-shape` above all.
 */
export function withLayerPaths<Result>(model: Module, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    const layer = error instanceof CnnError && refusals.get(error);
    if (!layer) throw error;
    for (const [path, module] of model.namedModules()) {
      if (module === layer && path !== '') throw placed(error, path);
    }
    throw error;
  }
}

function placed(error: CnnError, path: string): CnnError {
  return new CnnError(error.code, error.message.replace(/^([^:]*):/, `${path} ($1):`), { cause: error });
}
