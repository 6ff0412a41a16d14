import { CnnError } from '../../errors/cnn-error.ts';
import { BatchNormLayer, type BatchNormOptions } from './batch-norm-layer.ts';

/**
 * Batch norm of features `[N, C]`. State as that of `BatchNorm2d`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html
 */
export class BatchNorm1d extends BatchNormLayer {
  /** @throws CnnError `invalid-argument` when `numFeatures` is no positive integer. */
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super('BatchNorm1d', numFeatures, options);
  }

  override get kind(): string {
    return 'BatchNorm1d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    if (inputShape.length === 2 && inputShape[1] === this.numFeatures) return inputShape;
    throw new CnnError('invalid-shape', {
      where: this.kind,
      expected: `[N, ${this.numFeatures}]`,
      received: `[${inputShape.join(', ')}]`,
      remedy: inputShape.length === 4 ? 'Use BatchNorm2d for images' : 'Build it for as many features as there are',
    });
  }
}
