import {
  add,
  engine,
  getBackend,
  getKernel,
  mul,
  pad,
  reshape,
  slice,
  stack,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { WindowAxis } from '../shape/window-axis.ts';
import { explicitPadding } from './explicit-padding.ts';
import { sampleAxis, spreadAxis } from './spread-axis.ts';

/** A depthwise convolution of `[N, H, W, C]` by `[kH, kW, C, M]`: output channel `c·M + m` sees channel `c`. */
export interface DepthwiseCall {
  readonly height: WindowAxis;
  readonly width: WindowAxis;
}

/** Gradient of a depthwise convolution with respect to its input. Composed where the backend has no kernel. */
export function depthwiseBackpropInput(dy: Tensor, filter: Tensor, inputShape: number[], call: DepthwiseCall): Tensor {
  if (!hasKernel('DepthwiseConv2dNativeBackpropInput', call)) return inputByTaps(dy, filter, inputShape, call);
  return engine().runKernel<Tensor>(
    'DepthwiseConv2dNativeBackpropInput',
    { dy, filter },
    { ...kernelAttrs(call), inputShape },
  );
}

/** Gradient of a depthwise convolution with respect to its filter. Composed where the backend has no kernel. */
export function depthwiseBackpropFilter(x: Tensor, dy: Tensor, filterShape: number[], call: DepthwiseCall): Tensor {
  if (!hasKernel('DepthwiseConv2dNativeBackpropFilter', call)) return filterByTaps(x, dy, filterShape, call);
  return engine().runKernel<Tensor>(
    'DepthwiseConv2dNativeBackpropFilter',
    { x, dy },
    { ...kernelAttrs(call), filterShape },
  );
}

function kernelAttrs({ height, width }: DepthwiseCall) {
  return {
    strides: [height.stride, width.stride],
    pad: explicitPadding(height, width),
    dilations: [height.dilation, width.dilation],
    dimRoundingMode: 'floor' as const,
  };
}

/** The kernels of tfjs's backends take no notice of dilation: their gradients of dilated convolutions are wrong. */
function hasKernel(name: string, { height, width }: DepthwiseCall): boolean {
  return height.dilation === 1 && width.dilation === 1 && getKernel(name, getBackend()) !== undefined;
}

/** One entry of the kernel at a time: what it adds to the input, put where it came from. */
function inputByTaps(dy: Tensor, filter: Tensor, inputShape: number[], { height, width }: DepthwiseCall): Tensor {
  const [n, outHeight, outWidth] = dy.shape as [number, number, number];
  const [, , channels, multiplier] = filter.shape as [number, number, number, number];
  const rows = reshape(dy, [n * outHeight * outWidth, channels, multiplier]);
  const frame = [paddedSize(height), paddedSize(width)] as const;
  const parts = taps(height, width).map(([i, j]) => {
    const weights = reshape(slice(filter, [i, j, 0, 0], [1, 1, channels, multiplier]), [1, channels, multiplier]);
    const part = reshape(sum(mul(rows, weights), 2), [n, outHeight, outWidth, channels]);
    const spread = spreadAxis(spreadAxis(part, 1, height.stride), 2, width.stride);
    const [top, left] = [i * height.dilation, j * width.dilation];
    const below = frame[0] - top - spread.shape[1]!;
    const right = frame[1] - left - spread.shape[2]!;
    return pad(spread, [
      [0, 0],
      [top, below],
      [left, right],
      [0, 0],
    ]);
  });
  return slice(
    parts.reduce((total, part) => add(total, part)),
    [0, height.paddingBegin, width.paddingBegin, 0],
    inputShape,
  );
}

/** One entry of the kernel at a time: the pixels that it saw, times the gradient of what it made of them. */
function filterByTaps(x: Tensor, dy: Tensor, filterShape: number[], { height, width }: DepthwiseCall): Tensor {
  const [n, outHeight, outWidth] = dy.shape as [number, number, number];
  const [, , channels, multiplier] = filterShape as [number, number, number, number];
  const rows = reshape(dy, [n * outHeight * outWidth, channels, multiplier]);
  const rowPadding: [number, number] = [height.paddingBegin, height.paddingEnd];
  const framed = pad(x, [[0, 0], rowPadding, [width.paddingBegin, width.paddingEnd], [0, 0]]);
  const gradients = taps(height, width).map(([i, j]) => {
    const size = [n, height.stride * (outHeight - 1) + 1, width.stride * (outWidth - 1) + 1, channels];
    const seen = slice(framed, [0, i * height.dilation, j * width.dilation, 0], size);
    const sampled = sampleAxis(sampleAxis(seen, 1, height.stride), 2, width.stride);
    return sum(mul(rows, reshape(sampled, [n * outHeight * outWidth, channels, 1])), 0);
  });
  return reshape(stack(gradients), filterShape);
}

function taps(height: WindowAxis, width: WindowAxis): [i: number, j: number][] {
  const columns = Array.from({ length: width.kernelSize }, (_, j) => j);
  return Array.from({ length: height.kernelSize }, (_, i) => columns.map((j): [number, number] => [i, j])).flat();
}

function paddedSize({ inputSize, paddingBegin, paddingEnd }: WindowAxis): number {
  return inputSize + paddingBegin + paddingEnd;
}
