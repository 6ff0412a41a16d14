import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import { positiveInteger } from '../../shape/positive-integer.ts';
import { Layer } from '../layer.ts';
import { Parameter } from '../parameter.ts';

/** Options of `LayerNorm`, with PyTorch's names and defaults. */
export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Learn a scale an element. Default true. */
  readonly elementwiseAffine?: boolean;
  /** Learn an offset an element, where there is a scale. Default true. */
  readonly bias?: boolean;
}

/** Where PyTorch's axes N, C, H, W of images lie in memory. */
const IMAGE_AXES = [0, 3, 1, 2];

/**
 * Normalises over the last axes in PyTorch's order, by mean and biased variance: `normalizedShape` is `[features]`, or
 * `[W]`, `[H, W]` or `[C, H, W]` of images. `weight` and `bias` have that shape.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html
 */
export class LayerNorm extends Layer {
  /** The last axes in PyTorch's order, over which mean and variance are taken. */
  readonly normalizedShape: readonly number[];
  /** Added to the variance before its root is taken. */
  readonly eps: number;
  /** Scale of each element, of `normalizedShape`; null without `elementwiseAffine`. */
  readonly weight: Parameter | null;
  /** Shift of each element, of `normalizedShape`; null without `elementwiseAffine` or `bias`. */
  readonly bias: Parameter | null;

  /** @throws CnnError `invalid-argument` when a side is no positive integer. */
  constructor(normalizedShape: number | readonly number[], options: LayerNormOptions = {}) {
    super();
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = options;
    const sides = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    this.normalizedShape = sides.map((side) => positiveInteger(side, 'LayerNorm.normalizedShape'));
    this.eps = eps;
    const size = sides.reduce((product, side) => product * side, 1);
    this.weight = elementwiseAffine ? new Parameter(new Float32Array(size).fill(1), sides) : null;
    this.bias = elementwiseAffine && bias ? new Parameter(new Float32Array(size), sides) : null;
  }

  override get kind(): string {
    return 'LayerNorm';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    const last = inputShape.slice(-this.normalizedShape.length);
    if (inputShape.length > last.length && String(last) === String(this.normalizedShape)) return inputShape;
    throw new CnnError('invalid-shape', {
      where: this.kind,
      expected: `a shape that ends in [${this.normalizedShape.join(', ')}]`,
      received: `[${inputShape.join(', ')}]`,
      remedy: `Build it for [${inputShape.slice(1).join(', ')}]`,
    });
  }

  protected override compute(input: Tensor): Tensor {
    const torchAxes = [...input.shape.keys()].slice(-this.normalizedShape.length);
    const axes = input.rank === 4 ? torchAxes.map((axis) => IMAGE_AXES[axis]!) : torchAxes;
    const centred = sub(input, mean(input, axes, true));
    const normalised = mul(centred, rsqrt(add(mean(square(centred), axes, true), this.eps)));
    const scaled = this.weight ? mul(normalised, this.#inMemory(this.weight, input.rank)) : normalised;
    return this.bias ? add(scaled, this.#inMemory(this.bias, input.rank)) : scaled;
  }

  /** A parameter in the order of memory, ready to broadcast. */
  #inMemory({ variable }: Parameter, rank: number): Tensor {
    if (rank !== 4) return variable;
    const leading = new Array<number>(rank - this.normalizedShape.length).fill(1);
    return transpose(reshape(variable, [...leading, ...this.normalizedShape]), [0, 2, 3, 1]);
  }
}
