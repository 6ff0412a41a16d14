import type { Tensor } from '@tensorflow/tfjs-core';
import type { ForwardContext } from '../forward-context.ts';
import { dropout, dropProbability } from '../functional/dropout.ts';
import { Layer } from '../layer.ts';
import { imageShape } from './image-shape.ts';

/**
 * As `Dropout`, but whole channels of images `[N, C, H, W]` at once.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout2d.html
 */
export class Dropout2d extends Layer {
  /** Probability with which a whole channel of a sample is set to 0 in training. May be changed between steps. */
  p: number;

  /** @throws CnnError `invalid-argument` when `p` is no probability. */
  constructor(p = 0.5) {
    super();
    this.p = dropProbability(p, 'Dropout2d.p');
  }

  override get kind(): string {
    return 'Dropout2d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return imageShape(this.kind, inputShape);
  }

  protected override compute(input: Tensor, context: ForwardContext): Tensor {
    if (!context.training) return input.clone();
    const [n, , , c] = input.shape as [number, number, number, number];
    return dropout(input, this.p, { generator: context.generator, maskShape: [n, 1, 1, c] });
  }
}
