import {
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { sumPartials } from '../tile/sum-partials.ts';
import { type DepthwiseAttrs, depthwiseGeometry, isSupported, placeDepthwise } from './depthwise-geometry.ts';

/** Groups of images whose gradients are summed on their own; fixed, so that sums do not depend on the threads. */
const GROUPS = 8;

/** Gradient with respect to `x` `[N, H, W, C]`, from `dy` `[N, outH, outW, C]` and `filter` `[kH, kW, C, 1]`. */
export const depthwiseBackpropInput: KernelConfig = float32Kernel<
  { dy: TensorInfo; filter: TensorInfo },
  DepthwiseAttrs & { inputShape: [number, number, number, number] }
>(DepthwiseConv2dNativeBackpropInput, ({ inputs, attrs, backend }) => {
  const { dy, filter } = inputs;
  const info = depthwiseGeometry(attrs.inputShape, filter.shape, attrs);
  if (!isSupported(info, dy, filter) || !util.arraysEqual(dy.shape, info.outShape)) {
    return runPlainKernel(DepthwiseConv2dNativeBackpropInput, { inputs, attrs, backend });
  }
  const [slopes, weights] = [backend.pointer(dy), backend.pointer(filter)];
  const dx = backend.output(attrs.inputShape);
  const shape = placeDepthwise(backend, info);
  backend.run({
    kernel: 'depthwiseInputGradient',
    args: [shape.pointer, slopes, weights, dx.pointer],
    tasks: info.batchSize * info.inHeight,
    work: util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth,
  });
  shape.release();
  return dx.info;
});

/** Gradient with respect to the filter `[kH, kW, C, 1]`, from `x` `[N, H, W, C]` and `dy` `[N, outH, outW, C]`. */
export const depthwiseBackpropFilter: KernelConfig = float32Kernel<
  { x: TensorInfo; dy: TensorInfo },
  DepthwiseAttrs & { filterShape: [number, number, number, number] }
>(DepthwiseConv2dNativeBackpropFilter, ({ inputs, attrs, backend }) => {
  const { x, dy } = inputs;
  const info = depthwiseGeometry(x.shape, attrs.filterShape, attrs);
  if (!isSupported(info, x, dy) || !util.arraysEqual(dy.shape, info.outShape)) {
    return runPlainKernel(DepthwiseConv2dNativeBackpropFilter, { inputs, attrs, backend });
  }
  const [source, slopes] = [backend.pointer(x), backend.pointer(dy)];
  const gradient = backend.output(attrs.filterShape);
  const shape = placeDepthwise(backend, info);
  const imagesPerGroup = Math.ceil(info.batchSize / GROUPS);
  const parts = Math.ceil(info.batchSize / imagesPerGroup);
  const taps = info.filterHeight * info.filterWidth;
  const size = taps * info.inChannels;
  const partials = backend.memoryPool.allocate(parts * size * 4);
  backend.run({
    kernel: 'depthwiseFilterGradient',
    args: [shape.pointer, source, slopes, partials.pointer, info.batchSize, imagesPerGroup],
    tasks: parts * taps,
    work: util.sizeFromShape(info.outShape) * taps,
  });
  sumPartials(backend, { partials: partials.pointer, parts, sums: gradient.pointer, size });
  partials.release();
  shape.release();
  return gradient.info;
});
