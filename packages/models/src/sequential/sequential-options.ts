import { CnnError, type Sequential } from '@cnn/core';
import type { InputShape, ModelOptions } from '../zoo/model-entry.ts';
import { type LayerSpec, namedLayerSpec } from './layer-spec.ts';
import { sequential } from './sequential.ts';

/** The input of a `sequential` of the zoo: `input`, or what the data says. */
export function sequentialInput({ input, inChannels = 1, imageSize = 28 }: ModelOptions): InputShape {
  if (input === undefined || input === null) return [inChannels, imageSize, imageSize];
  if (Array.isArray(input) && input.length === 3 && input.every((side) => Number.isInteger(side))) {
    const [channels, height, width] = input as [number, number, number];
    return [channels, height, width];
  }
  throw new CnnError('invalid-argument', {
    where: 'sequential.input',
    expected: '[channels, height, width] of one image',
    received: JSON.stringify(input),
    remedy: 'Write for example input: [1, 28, 28], or leave it out to have that of the data',
  });
}

/**
 * `sequential` with options as a config holds them. Without `layers` those of `tiny-cnn`, to begin with.
 *
 * @throws CnnError `invalid-argument` or `invalid-shape` as `sequential`.
 */
export function sequentialFromOptions(options: ModelOptions): Sequential {
  const { classes } = options;
  const layers = options.layers ?? layersToBeginWith(classes);
  if (!Array.isArray(layers)) {
    throw new CnnError('invalid-argument', {
      where: 'sequential.layers',
      expected: 'a list of layers',
      received: JSON.stringify(layers),
      remedy: 'Write for example layers: [flatten, { name: linear, outFeatures: 10 }]',
    });
  }
  return sequential({
    input: sequentialInput(options),
    layers: layers.map((layer: unknown, i) => namedLayerSpec(layer, `layers.${i}`)),
    ...(classes === undefined ? {} : { classes }),
  });
}

function layersToBeginWith(classes = 10): LayerSpec[] {
  const [conv2d, pool] = [
    { name: 'conv2d', outChannels: 16, kernelSize: 3 },
    { name: 'max-pool2d', kernelSize: 2 },
  ];
  return [conv2d, 'relu', pool, 'flatten', { name: 'linear', outFeatures: classes }];
}
