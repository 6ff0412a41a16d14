import { add, concat, slice, split, type Tensor } from '@tensorflow/tfjs-core';
import type { WindowAxis } from '../shape/window-axis.ts';
import { conv2dBackpropInput } from './conv2d-backprop.ts';
import { explicitPadding, kernelsCanPad, withoutPadding } from './explicit-padding.ts';

/** How `convTranspose2d` slides its filter: the window of the convolution whose gradient it is. */
export interface ConvTranspose2dCall {
  /** `[O]`. */
  readonly bias?: Tensor | undefined;
  /** Over the rows of the output. */
  readonly height: WindowAxis;
  /** Over the columns of the output. */
  readonly width: WindowAxis;
  readonly groups: number;
}

/**
 * The gradient of a convolution as a layer: `x` `[N, H, W, I]` by `filter` `[kH, kW, O/groups, I]` to
 * `[N, height.inputSize, width.inputSize, O]`.
 */
export function convTranspose2d(x: Tensor, filter: Tensor, call: ConvTranspose2dCall): Tensor {
  const { groups, bias } = call;
  const parts = groups === 1 ? [x] : split(x, groups, 3);
  const filters = groups === 1 ? [filter] : split(filter, groups, 3);
  const outputs = parts.map((part, i) => transposed(part, filters[i]!, call));
  const maps = groups === 1 ? outputs[0]! : concat(outputs, 3);
  return bias ? add(maps, bias) : maps;
}

function transposed(x: Tensor, filter: Tensor, { height, width }: ConvTranspose2dCall): Tensor {
  if (kernelsCanPad(height, width)) return spread(x, filter, height, width);
  const framed = spread(x, filter, withoutPadding(height), withoutPadding(width));
  const size = [-1, height.inputSize, width.inputSize, -1];
  return slice(framed, [0, height.paddingBegin, width.paddingBegin, 0], size);
}

function spread(x: Tensor, filter: Tensor, height: WindowAxis, width: WindowAxis): Tensor {
  return conv2dBackpropInput(x, filter, [x.shape[0]!, height.inputSize, width.inputSize, filter.shape[2]!], {
    strides: [height.stride, width.stride],
    pad: explicitPadding(height, width),
    dilations: [height.dilation, width.dilation],
  });
}
