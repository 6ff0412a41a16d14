import type { LayerDescription, Pair } from '@cnn/core';

/** What one output of a layer sees of the image, and how far apart neighbouring outputs look. Height, then width. */
export interface ReceptiveField {
  /** Pixels. */
  readonly size: Pair;
  /** Pixels between the centres of neighbours: the product of the strides so far. */
  readonly jump: Pair;
}

/** The field of the image itself. */
export const PIXEL: ReceptiveField = { size: [1, 1], jump: [1, 1] };

/**
 * The field behind a layer whose inputs have `field`: `size + d·(k−1)·jump`, and `jump·s`.
 *
 * @param image Height and width of the image, which outputs without a place in it see whole.
 * @see https://distill.pub/2019/computing-receptive-fields/
 */
export function receptiveFieldAfter(layer: LayerDescription, field: ReceptiveField, image: Pair): ReceptiveField {
  const { window, inputShape, outputShape } = layer;
  if (window) {
    const { kernelSize, stride, dilation } = window;
    const side = (i: 0 | 1) => field.size[i] + dilation[i] * (kernelSize[i] - 1) * field.jump[i];
    return { size: [side(0), side(1)], jump: [field.jump[0] * stride[0], field.jump[1] * stride[1]] };
  }
  const placed = outputShape.length === 4 && outputShape[2] === inputShape[2] && outputShape[3] === inputShape[3];
  return placed ? field : { size: image, jump: image };
}
