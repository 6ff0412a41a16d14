import { engine, mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { convOutputSize, type WindowAxis } from '../shape/window-axis.ts';
import { padImages } from './explicit-padding.ts';

/**
 * Windows of `[N, H, W, C]` summed, with zeros around the images, and divided.
 *
 * @param divisorOf Pixels that count along one axis, for the window that starts at pixel `start` (negative in padding).
 */
export function avgPool2dWindow(
  x: Tensor,
  [height, width]: readonly [WindowAxis, WindowAxis],
  divisorOf: (axis: WindowAxis, start: number) => number,
): Tensor {
  const padded = [height, width].some(({ paddingBegin, paddingEnd }) => paddingBegin > 0 || paddingEnd > 0);
  // Kernels differ in what they divide by where a window reaches into padding: they never see any.
  const averages = engine().runKernel<Tensor>(
    'AvgPool',
    { x: padded ? padImages({ images: x, height, width }, 0).images : x },
    {
      filterSize: [height.kernelSize, width.kernelSize],
      strides: [height.stride, width.stride],
      pad: 'valid',
      dimRoundingMode: 'floor',
    },
  );
  const factors = correction(height, width, divisorOf);
  return factors.some((factor) => factor !== 1)
    ? mul(averages, tensor(factors, [1, convOutputSize(height), convOutputSize(width), 1]))
    : averages;
}

/** What each average over all pixels of a window is multiplied by, `[outHeight · outWidth]`. */
function correction(
  height: WindowAxis,
  width: WindowAxis,
  divisorOf: (axis: WindowAxis, start: number) => number,
): Float32Array {
  const along = (axis: WindowAxis): number[] =>
    Array.from({ length: convOutputSize(axis) }, (_, i) => {
      return axis.kernelSize / divisorOf(axis, i * axis.stride - axis.paddingBegin);
    });
  const perColumn = along(width);
  return Float32Array.from(along(height).flatMap((row) => perColumn.map((column) => row * column)));
}
