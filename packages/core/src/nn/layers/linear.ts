import { add, matMul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import { defaultBias, defaultWeight } from '../../init/kaiming.ts';
import { ambientGenerator } from '../../random/ambient-generator.ts';
import type { Generator } from '../../random/generator.ts';
import { positiveInteger } from '../../shape/positive-integer.ts';
import { Layer } from '../layer.ts';
import type { LayerDescription } from '../layer-description.ts';
import { Parameter } from '../parameter.ts';

/** Options of `Linear`. */
export interface LinearOptions {
  /** Add a learned bias. Default true. */
  readonly bias?: boolean;
  /** Draws the initial values. Default: the ambient generator. */
  readonly generator?: Generator;
}

/**
 * `y = x·Wᵀ + b`: `[..., inFeatures]` to `[..., outFeatures]`.
 * `weight` is `[out, in]`, drawn before `bias` `[out]`, both uniform within `±1/sqrt(in)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export class Linear extends Layer {
  /** Features of the input, its last axis. */
  readonly inFeatures: number;
  /** Features of the output. */
  readonly outFeatures: number;
  /** `[outFeatures, inFeatures]`, in memory too. */
  readonly weight: Parameter;
  /** Added to the output, `[outFeatures]`; null where the layer has none. */
  readonly bias: Parameter | null;

  /** @throws CnnError `invalid-argument` when a size is no positive integer. */
  constructor(
    inFeatures: number,
    outFeatures: number,
    { bias = true, generator = ambientGenerator() }: LinearOptions = {},
  ) {
    super();
    this.inFeatures = positiveInteger(inFeatures, 'Linear.inFeatures');
    this.outFeatures = positiveInteger(outFeatures, 'Linear.outFeatures');
    const shape = [outFeatures, inFeatures];
    this.weight = new Parameter(defaultWeight(shape, generator), shape);
    this.bias = bias ? new Parameter(defaultBias(outFeatures, shape, generator), [outFeatures]) : null;
  }

  override get kind(): string {
    return 'Linear';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    if (inputShape.length < 2 || inputShape.length > 3 || inputShape.at(-1) !== this.inFeatures) {
      throw this.#misfit(inputShape);
    }
    return [...inputShape.slice(0, -1), this.outFeatures];
  }

  override describe(inputShape: readonly number[]): LayerDescription {
    const rows = inputShape.slice(0, -1).reduce((product, side) => product * side, 1);
    return { ...super.describe(inputShape), multiplyAdds: rows * this.inFeatures * this.outFeatures };
  }

  protected override compute(input: Tensor): Tensor {
    const rows = input.rank === 2 ? input : reshape(input, [-1, this.inFeatures]);
    const product = matMul(rows, this.weight.variable, false, true);
    const output = this.bias ? add(product, this.bias.variable) : product;
    return input.rank === 2 ? output : reshape(output, [...input.shape.slice(0, -1), this.outFeatures]);
  }

  #misfit(inputShape: readonly number[]): CnnError {
    const [n, ...rest] = inputShape;
    const features = rest.reduce((product, side) => product * side, 1);
    const flattened = inputShape.length === 4;
    return new CnnError('invalid-shape', {
      where: 'Linear',
      expected: `[N, ${this.inFeatures}]`,
      received: flattened ? `images [${inputShape.join(', ')}]` : `[${inputShape.join(', ')}]`,
      remedy: flattened
        ? `Put a Flatten before it (${rest.join('·')} = ${features} features) and build it with inFeatures ${features}`
        : `Build it with inFeatures ${inputShape.at(-1) ?? n}`,
    });
  }
}
