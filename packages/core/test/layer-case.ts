import { readFileSync } from 'node:fs';
import {
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  ELU,
  Flatten,
  GELU,
  GroupNorm,
  Identity,
  type Layer,
  LayerNorm,
  LeakyReLU,
  Linear,
  LogSoftmax,
  MaxPool2d,
  ReLU,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
} from '@cnn/core';

/** A tensor in PyTorch's layout, packed for JSON. */
export interface PackedTensor {
  readonly shape: readonly number[];
  /** Little-endian float32 in base64. */
  readonly float32: string;
}

/** What PyTorch computed for one layer; made by scripts/fixtures/core_layers.py. */
export interface LayerCase {
  readonly layer: string;
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly inputShape: readonly number[];
  readonly output: PackedTensor;
  readonly inputGradient: PackedTensor;
  readonly gradients: Readonly<Record<string, PackedTensor>>;
  readonly buffersAfter?: Readonly<Record<string, PackedTensor>>;
  readonly evaluationOutput?: PackedTensor;
}

const LAYERS: Readonly<Record<string, new (...args: never[]) => Layer>> = {
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  ELU,
  Flatten,
  GELU,
  GroupNorm,
  Identity,
  LayerNorm,
  LeakyReLU,
  Linear,
  LogSoftmax,
  MaxPool2d,
  ReLU,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
};

/** All cases, in the order of the fixture. */
export function layerCases(): readonly LayerCase[] {
  const path = new URL('./fixtures/layers.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as LayerCase[];
}

/** A readable name, for example `Conv2d(2, 3, 3, {"padding":"same"}) of [1, 2, 4, 5]`. */
export function caseName({ layer, arguments: positional, options, inputShape }: LayerCase): string {
  const shown = [...positional, ...(Object.keys(options).length > 0 ? [options] : [])];
  return `${layer}(${shown.map((value) => JSON.stringify(value)).join(', ')}) of [${inputShape.join(', ')}]`;
}

/** Builds the layer of a case as a user would; its parameters are drawn from the ambient generator. */
export function buildLayer({ layer, arguments: positional, options }: LayerCase): Layer {
  const LayerClass = LAYERS[layer];
  if (!LayerClass) throw new Error(`no layer ${layer} in the list of layer-case.ts`);
  const optional = Object.keys(options).length > 0 ? [options] : [];
  return Reflect.construct(LayerClass, [...positional, ...optional]) as Layer;
}

/** Values of a packed tensor, row-major in PyTorch's layout. */
export function unpack({ float32 }: PackedTensor): Float32Array {
  const bytes = Uint8Array.from(atob(float32), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
