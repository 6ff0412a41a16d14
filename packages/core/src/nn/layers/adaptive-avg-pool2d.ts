import { matMul, mean, reshape, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { positiveInteger } from '../../shape/positive-integer.ts';
import { Layer } from '../layer.ts';
import { imageShape } from './image-shape.ts';

/** Height and width that come out; null keeps a side as it is. */
export type AdaptiveSize = number | readonly [height: number | null, width: number | null];

/**
 * Mean over as many windows as the output has pixels: window `i` of `o` along a side of `n` covers
 * `floor(i·n/o)` to `ceil((i+1)·n/o)`. `[N, C, H, W]` to `[N, C, outputSize]`, whatever H and W are.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html
 */
export class AdaptiveAvgPool2d extends Layer {
  /** Height and width of the output in pixels; null where it is the input's. */
  readonly outputSize: readonly [height: number | null, width: number | null];

  /** @throws CnnError `invalid-argument` when a size is neither a positive integer nor null. */
  constructor(outputSize: AdaptiveSize) {
    super();
    const [height, width] = typeof outputSize === 'number' ? [outputSize, outputSize] : outputSize;
    const checked = (size: number | null): number | null =>
      size === null ? null : positiveInteger(size, 'AdaptiveAvgPool2d.outputSize');
    this.outputSize = [checked(height), checked(width)];
  }

  override get kind(): string {
    return 'AdaptiveAvgPool2d';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    const [n, c, h, w] = imageShape(this.kind, inputShape);
    return [n, c, this.outputSize[0] ?? h, this.outputSize[1] ?? w];
  }

  protected override compute(input: Tensor): Tensor {
    const [n, h, w, c] = input.shape as [number, number, number, number];
    const [outHeight, outWidth] = [this.outputSize[0] ?? h, this.outputSize[1] ?? w];
    if (outHeight === 1 && outWidth === 1) return mean(input, [1, 2], true);
    // Along each side by itself, as a product with the windows' weights: windows may overlap and differ in size.
    const rows = matMul(windowWeights(h, outHeight), reshape(input, [n, h, w * c]));
    const columns = matMul(windowWeights(w, outWidth), reshape(rows, [n * outHeight, w, c]));
    return reshape(columns, [n, outHeight, outWidth, c]);
  }
}

/** `[1, out, size]`: the mean over each window as a matrix. */
function windowWeights(size: number, out: number): Tensor {
  const weights = new Float32Array(out * size);
  for (let i = 0; i < out; i++) {
    const [begin, end] = [Math.floor((i * size) / out), Math.ceil(((i + 1) * size) / out)];
    weights.fill(1 / (end - begin), i * size + begin, i * size + end);
  }
  return tensor(weights, [1, out, size]);
}
