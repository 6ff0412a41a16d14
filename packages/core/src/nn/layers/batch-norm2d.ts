import { BatchNormLayer, type BatchNormOptions } from './batch-norm-layer.ts';
import { imageShape } from './image-shape.ts';

/**
 * Batch norm of images `[N, C, H, W]`, channel by channel. State: `weight`, `bias`, `running_mean`, `running_var`,
 * `num_batches_tracked`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
 */
export class BatchNorm2d extends BatchNormLayer {
  /** @throws CnnError `invalid-argument` when `numFeatures` is no positive integer. */
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super('BatchNorm2d', numFeatures, options);
  }

  override get kind(): string {
    return 'BatchNorm2d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return imageShape(this.kind, inputShape, this.numFeatures);
  }
}
