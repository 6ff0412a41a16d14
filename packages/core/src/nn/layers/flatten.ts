import type { Tensor } from '@tensorflow/tfjs-core';
import { flatten } from '../functional/flatten.ts';
import { Layer } from '../layer.ts';

/**
 * `[N, C, H, W]` to `[N, C·H·W]`, in PyTorch's order.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html
 */
export class Flatten extends Layer {
  override get kind(): string {
    return 'Flatten';
  }

  override outputShape([n = 1, ...rest]: readonly number[]): readonly number[] {
    return [n, rest.reduce((product, side) => product * side, 1)];
  }

  protected override compute(input: Tensor): Tensor {
    return flatten(input);
  }
}
