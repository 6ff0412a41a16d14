import { CnnError, type JsonValue } from '@cnn/core';

/** A layer with its options, named as PyTorch names them in camelCase: `{ name: 'conv2d', outChannels: 16, kernelSize: 3 }`. */
export interface NamedLayerSpec {
  /** Name of the layer: `conv2d`. */
  readonly name: string;
  readonly [option: string]: JsonValue;
}

/** A layer as a config holds it: its name, `relu`, or its name and options. */
export type LayerSpec = string | NamedLayerSpec;

/** `layer` with its options, checked to be a spec at all. @throws CnnError `invalid-argument`. */
export function namedLayerSpec(layer: unknown, where: string): NamedLayerSpec {
  if (typeof layer === 'string') return { name: layer };
  if (isMapping(layer) && typeof layer.name === 'string') return { ...layer, name: layer.name };
  throw new CnnError('invalid-argument', {
    where,
    expected: 'the name of a layer, or its name and options',
    received: JSON.stringify(layer) ?? String(layer),
    remedy: "Write for example 'relu', or { name: 'conv2d', outChannels: 16, kernelSize: 3 }",
  });
}

function isMapping(value: unknown): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
