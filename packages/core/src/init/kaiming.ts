import { onMetaDevice } from '../nn/meta-device.ts';
import type { Generator } from '../random/generator.ts';
import { fanOf } from './fan.ts';

/** Options of Kaiming initialisation, with PyTorch's names and defaults. */
export interface KaimingOptions {
  /** Whether the variance is kept in the forward (`fanIn`, default) or the backward pass (`fanOut`). */
  readonly mode?: 'fanIn' | 'fanOut';
  /** What follows the layer, which decides the gain. Default `leakyRelu`. */
  readonly nonlinearity?: 'relu' | 'leakyRelu' | 'linear' | 'tanh';
  /** Slope of the leaky ReLU. */
  readonly a?: number;
}

/**
 * Uniform within `±gain·sqrt(3/fan)`, row-major in PyTorch's layout: `torch.nn.init.kaiming_uniform_`.
 *
 * @see https://arxiv.org/abs/1502.01852
 */
export function kaimingUniform(
  shape: readonly number[],
  generator: Generator,
  options: KaimingOptions = {},
): Float32Array {
  if (onMetaDevice()) return new Float32Array(0);
  const bound = Math.sqrt(3) * kaimingStd(shape, options);
  return generator.uniform(elements(shape), -bound, bound);
}

/** Normal with standard deviation `gain/sqrt(fan)`, row-major in PyTorch's layout: `torch.nn.init.kaiming_normal_`. */
export function kaimingNormal(
  shape: readonly number[],
  generator: Generator,
  options: KaimingOptions = {},
): Float32Array {
  if (onMetaDevice()) return new Float32Array(0);
  return generator.normal(elements(shape), 0, kaimingStd(shape, options));
}

/**
 * What `Conv2d` and `Linear` of PyTorch draw for their weight: Kaiming uniform with `a = sqrt(5)`, which is uniform
 * within `±1/sqrt(fanIn)`.
 */
export function defaultWeight(shape: readonly number[], generator: Generator): Float32Array {
  return kaimingUniform(shape, generator, { a: Math.sqrt(5) });
}

/** What `Conv2d` and `Linear` of PyTorch draw for their bias: uniform within `±1/sqrt(fanIn)` of the weight. */
export function defaultBias(count: number, weightShape: readonly number[], generator: Generator): Float32Array {
  if (onMetaDevice()) return new Float32Array(0);
  const bound = 1 / Math.sqrt(fanOf(weightShape).fanIn);
  return generator.uniform(count, -bound, bound);
}

function kaimingStd(shape: readonly number[], options: KaimingOptions): number {
  const { mode = 'fanIn', nonlinearity = 'leakyRelu', a = 0 } = options;
  return gainOf(nonlinearity, a) / Math.sqrt(fanOf(shape)[mode]);
}

function gainOf(nonlinearity: NonNullable<KaimingOptions['nonlinearity']>, a: number): number {
  switch (nonlinearity) {
    case 'relu':
      return Math.sqrt(2);
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + a * a));
    case 'tanh':
      return 5 / 3;
    case 'linear':
      return 1;
  }
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
