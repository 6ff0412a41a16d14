import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import { positiveInteger } from '../../shape/positive-integer.ts';
import { Layer } from '../layer.ts';
import { Parameter } from '../parameter.ts';
import { imageShape } from './image-shape.ts';

/** Options of `GroupNorm`, with PyTorch's names and defaults. */
export interface GroupNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Learn a scale and an offset a channel. Default true. */
  readonly affine?: boolean;
}

/**
 * Normalises each sample of `[N, C, H, W]` over groups of neighbouring channels, by mean and biased variance; the same
 * in training and evaluation.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html
 */
export class GroupNorm extends Layer {
  /** Groups of channels; each is normalised by itself. */
  readonly numGroups: number;
  /** Channels of the input, its last axis in memory. */
  readonly numChannels: number;
  /** Added to the variance before its root is taken. */
  readonly eps: number;
  /** Scale of each channel, `[numChannels]`; null without `affine`. */
  readonly weight: Parameter | null;
  /** Shift of each channel, `[numChannels]`; null without `affine`. */
  readonly bias: Parameter | null;

  /** @throws CnnError `invalid-argument` when the groups do not divide the channels. */
  constructor(numGroups: number, numChannels: number, { eps = 1e-5, affine = true }: GroupNormOptions = {}) {
    super();
    this.numGroups = positiveInteger(numGroups, 'GroupNorm.numGroups');
    this.numChannels = positiveInteger(numChannels, 'GroupNorm.numChannels');
    this.eps = eps;
    if (numChannels % numGroups !== 0) {
      throw new CnnError('invalid-argument', {
        where: 'GroupNorm.numGroups',
        expected: `a divisor of ${numChannels} channels`,
        received: String(numGroups),
        remedy: 'Choose groups of the same size',
      });
    }
    this.weight = affine ? new Parameter(new Float32Array(numChannels).fill(1), [numChannels]) : null;
    this.bias = affine ? new Parameter(new Float32Array(numChannels), [numChannels]) : null;
  }

  override get kind(): string {
    return 'GroupNorm';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return imageShape(this.kind, inputShape, this.numChannels);
  }

  protected override compute(input: Tensor): Tensor {
    const [n, h, w, c] = input.shape as [number, number, number, number];
    const grouped = reshape(input, [n, h * w, this.numGroups, c / this.numGroups]);
    const centred = sub(grouped, mean(grouped, [1, 3], true));
    const variance = mean(square(centred), [1, 3], true);
    const normalised = reshape(mul(centred, rsqrt(add(variance, this.eps))), input.shape);
    return this.weight && this.bias ? add(mul(normalised, this.weight.variable), this.bias.variable) : normalised;
  }
}
