import { engine, gather, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { convOutputSize, type WindowAxis } from '../shape/window-axis.ts';
import { explicitPadding, padImages, padWhereKernelsCannot } from './explicit-padding.ts';

/** Largest value of each window over `x` `[N, H, W, C]`; padding counts as −∞. */
export function maxPool2dWindow(x: Tensor, height: WindowAxis, width: WindowAxis): Tensor {
  if (height.dilation > 1 || width.dilation > 1) return dilated(x, height, width);
  const padded = padWhereKernelsCannot({ images: x, height, width }, Number.NEGATIVE_INFINITY);
  return engine().runKernel<Tensor>(
    'MaxPool',
    { x: padded.images },
    {
      filterSize: [height.kernelSize, width.kernelSize],
      strides: [height.stride, width.stride],
      pad: explicitPadding(padded.height, padded.width),
      dimRoundingMode: 'floor',
    },
  );
}

/** Kernels know no dilation: the pixels of each window are laid out next to each other first. */
function dilated(x: Tensor, height: WindowAxis, width: WindowAxis): Tensor {
  const { images } = padImages({ images: x, height, width }, Number.NEGATIVE_INFINITY);
  const windows = gather(gather(images, seenBy(height), 1), seenBy(width), 2);
  return maxPool2dWindow(windows, apart(height), apart(width));
}

/** Places that the windows along one axis see, window after window. */
function seenBy(axis: WindowAxis): Tensor {
  const { kernelSize, stride, dilation } = axis;
  const count = convOutputSize(axis) * kernelSize;
  const place = (i: number): number => Math.floor(i / kernelSize) * stride + (i % kernelSize) * dilation;
  return tensor1d(
    Int32Array.from({ length: count }, (_, i) => place(i)),
    'int32',
  );
}

function apart(axis: WindowAxis): WindowAxis {
  const { kernelSize } = axis;
  const inputSize = convOutputSize(axis) * kernelSize;
  return { inputSize, kernelSize, stride: kernelSize, dilation: 1, paddingBegin: 0, paddingEnd: 0 };
}
