import { CnnError, Sequential } from '@cnn/core';
import { createLayer, planSequential, type SequentialOptions } from './plan-sequential.ts';

/**
 * A network from a list of layers, as a config holds it: names and options are PyTorch's in camelCase, and what a layer
 * takes (channels, features) follows from what reaches it. Parameters are drawn from the ambient generator in order,
 * and named as those of `nn.Sequential`: `0.weight`, `0.bias`, ….
 *
 * @example
 * const model = sequential({
 *   input: [1, 28, 28],
 *   layers: [
 *     { name: 'conv2d', outChannels: 16, kernelSize: 3 },
 *     'relu',
 *     { name: 'max-pool2d', kernelSize: 2 },
 *     'flatten',
 *     { name: 'linear', outFeatures: 10 },
 *   ],
 * });
 * @throws CnnError `invalid-argument` or `invalid-shape` with the index of the first layer that is not legal, the
 * formula with its numbers and the remedy; nothing has been built then.
 */
export function sequential(options: SequentialOptions): Sequential {
  checkInput(options.input);
  const plan = planSequential(options);
  if (plan.problem) throw plan.problem.error;
  return new Sequential(
    ...options.layers.map((spec, index) =>
      createLayer(spec, { index, inputShape: plan.layers[index]!.description.inputShape }),
    ),
  );
}

function checkInput(input: unknown): void {
  if (Array.isArray(input) && input.length === 3 && input.every((side) => Number.isInteger(side) && side > 0)) return;
  throw new CnnError('invalid-argument', {
    where: 'sequential.input',
    expected: '[channels, height, width] of one image',
    received: JSON.stringify(input) ?? String(input),
    remedy: 'Pass for example [1, 28, 28]',
  });
}
