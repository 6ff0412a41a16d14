import { concat, engine, split, type Tensor } from '@tensorflow/tfjs-core';
import { explicitPadding } from '../../kernels/explicit-padding.ts';
import type { WindowAxis } from '../../shape/window-axis.ts';

/** How `conv2d` slides its filter. */
export interface Conv2dCall {
  /** `[O]`. */
  readonly bias?: Tensor | undefined;
  readonly height: WindowAxis;
  readonly width: WindowAxis;
  readonly groups: number;
}

/**
 * Convolves `x` `[N, H, W, I]` by `filter` `[kH, kW, I/groups, O]` (HWIO). One kernel call without groups: a backend
 * that fuses it with what follows sees `FusedConv2D` with activation `linear`, or `Conv2D` without bias.
 */
export function conv2d(x: Tensor, filter: Tensor, call: Conv2dCall): Tensor {
  if (call.groups === 1) return dense(x, filter, call);
  const { bias, groups } = call;
  const filters = split(filter, groups, 3);
  const biases = bias ? split(bias, groups) : [];
  const outputs = split(x, groups, 3).map((part, i) => dense(part, filters[i]!, { ...call, bias: biases[i] }));
  return concat(outputs, 3);
}

function dense(x: Tensor, filter: Tensor, { bias, height, width }: Conv2dCall): Tensor {
  const attrs = {
    strides: [height.stride, width.stride],
    pad: explicitPadding(height, width),
    dilations: [height.dilation, width.dilation],
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  };
  return bias
    ? engine().runKernel<Tensor>('FusedConv2D', { x, filter, bias }, { ...attrs, activation: 'linear' })
    : engine().runKernel<Tensor>('Conv2D', { x, filter }, attrs);
}
