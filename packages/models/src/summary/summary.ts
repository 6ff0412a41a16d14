import { CnnError, Layer, type LayerDescription, type Module, torchShape, withLayerPaths } from '@cnn/core';
import { type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { LayerSummary, ModelSummary } from './model-summary.ts';
import { ReceptiveFieldTracker } from './receptive-field-tracker.ts';
import { sizeFormula } from './size-formula.ts';

/** What to send through the model. */
export interface SummaryOptions {
  /** Shape of one input: `[C, H, W]` of an image in PyTorch's order, or `[features]`. */
  readonly input: readonly number[];
}

/**
 * Describes every layer of a model by one forward pass of one black image in evaluation mode on the current backend.
 *
 * @throws CnnError `invalid-shape` when a layer cannot take what reaches it; `invalid-argument` for an illegal `input`.
 * @see renderSummary for the table
 */
export function summary(model: Module, { input }: SummaryOptions): ModelSummary {
  checkInput(input);
  const paths = new Map<Module, string>();
  for (const [path, module] of model.namedModules()) if (!paths.has(module)) paths.set(module, path);
  const uncounted = new Set(model.parameters());
  const layers: LayerSummary[] = [];

  const rowOf = (module: Module, row: Omit<LayerSummary, 'path' | 'parameters' | 'trainableParameters'>) => {
    const own = ownParameters(module).filter((parameter) => uncounted.delete(parameter));
    const count = (parameters: typeof own) => parameters.reduce((sum, parameter) => sum + parameter.size, 0);
    layers.push({
      path: paths.get(module) ?? '',
      ...row,
      parameters: count(own),
      trainableParameters: count(own.filter((parameter) => parameter.trainable)),
    });
  };

  const [height = 1, width = 1] = input.slice(1);
  tidy(() => {
    const image = zeros(memoryShape(input));
    const fields = new ReceptiveFieldTracker(image, [height, width]);
    const observe = (layer: Module, x: Tensor, y: Tensor) => {
      const description = describe(layer, x, y);
      rowOf(layer, {
        type: description.kind,
        outputShape: description.outputShape,
        multiplyAdds: description.multiplyAdds,
        receptiveField: input.length === 3 ? fields.pass(description, x, y) : null,
        formula: sizeFormula(description),
        called: true,
      });
    };
    withLayerPaths(model, () => model.forward(image, { training: false, observe }));
  });
  for (const module of paths.keys()) addUnseen(module);

  return {
    model: model.constructor.name,
    input,
    layers,
    total: {
      parameters: sum(layers, 'parameters'),
      trainableParameters: sum(layers, 'trainableParameters'),
      multiplyAdds: sum(layers, 'multiplyAdds'),
      parameterBytes: 4 * sum(layers, 'parameters'),
    },
  };

  /** Layers that were not reached, and modules that use parameters of their own without being a layer. */
  function addUnseen(module: Module): void {
    const reached = layers.some(({ path }) => path === paths.get(module));
    const holdsOwn = ownParameters(module).some((parameter) => uncounted.has(parameter));
    if (reached || !(module instanceof Layer || holdsOwn)) return;
    const type = module instanceof Layer ? module.kind : module.constructor.name;
    const called = !(module instanceof Layer);
    rowOf(module, { type, outputShape: null, multiplyAdds: 0, receptiveField: null, formula: null, called });
  }
}

/** Parameters that are fields of `module` itself. */
function ownParameters(module: Module): ReturnType<Module['parameters']> {
  const below = new Set(module.children().flatMap(([, child]) => child.parameters()));
  return module.parameters().filter((parameter) => !below.has(parameter));
}

function describe(layer: Module, x: Tensor, y: Tensor): LayerDescription {
  if (layer instanceof Layer) return layer.describe(torchShape(x.shape));
  // A module of the user's own that shows itself to the observer.
  return {
    kind: layer.constructor.name,
    inputShape: torchShape(x.shape),
    outputShape: torchShape(y.shape),
    parameterCount: 0,
    multiplyAdds: 0,
  };
}

/** One image in memory: NHWC. */
function memoryShape(input: readonly number[]): number[] {
  const [channels, height, width] = input;
  return input.length === 3 ? [1, height!, width!, channels!] : [1, ...input];
}

function checkInput(input: readonly number[]): void {
  if ((input.length === 3 || input.length === 1) && input.every((side) => Number.isInteger(side) && side > 0)) return;
  throw new CnnError('invalid-argument', {
    where: 'summary.input',
    expected: '[channels, height, width] of one image, or [features]',
    received: `[${input.join(', ')}]`,
    remedy: 'Pass for example [1, 28, 28], without the batch',
  });
}

function sum(layers: readonly LayerSummary[], field: 'parameters' | 'trainableParameters' | 'multiplyAdds'): number {
  return layers.reduce((total, layer) => total + layer[field], 0);
}
