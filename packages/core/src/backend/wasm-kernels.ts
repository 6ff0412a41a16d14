import {
  backend_util,
  conv2d,
  getKernel,
  type KernelConfig,
  pad,
  registerKernel,
  slice,
  type Tensor,
  type Tensor4D,
  transpose,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { composedKernel } from '../kernels/composed-kernel.ts';
import { hostMaxPoolGrad } from '../kernels/host-max-pool-grad.ts';

type ConvAttrs = {
  strides: [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4] & string;
  filterShape: [number, number, number, number];
};

/**
 * Adds what `@tensorflow/tfjs-backend-wasm` lacks for training, and replaces its gradient of max pooling, which is zero
 * in every window whose maximum is not positive.
 */
export function registerWasmKernels(): void {
  for (const kernel of [hostMaxPoolGrad('wasm'), conv2dBackpropFilter]) {
    if (getKernel(kernel.kernelName, 'wasm')) unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel(kernel);
  }
}

/**
 * The gradient of a filter is a convolution too: the images, with samples as channels, by the gradient of the output
 * as a filter; what was the stride is the dilation.
 */
const conv2dBackpropFilter: KernelConfig = composedKernel<ConvAttrs>(
  'Conv2DBackpropFilter',
  'wasm',
  ({ x, dy }, attrs) => {
    const [strides, filterShape] = [attrs.strides, attrs.filterShape];
    const { padInfo } = backend_util.computeConv2DInfo(x!.shape as Shape4, filterShape, strides, 1, attrs.pad, 'floor');
    const framed = pad(x!, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ]);
    const images = transpose(framed, [3, 1, 2, 0]) as Tensor4D;
    const filter = transpose(dy!, [1, 2, 0, 3]) as Tensor4D;
    const gradient: Tensor = conv2d(images, filter, 1, 'valid', 'NHWC', strides);
    const [height, width, into, out] = filterShape;
    return transpose(slice(gradient, [0, 0, 0, 0], [into, height, width, out]), [1, 2, 0, 3]);
  },
);

type Shape4 = [number, number, number, number];
