import { getBackend, pad, type Tensor } from '@tensorflow/tfjs-core';
import type { WindowAxis } from '../shape/window-axis.ts';

/** Padding as kernels take it: `valid` for none, else before and after each axis of NHWC. */
export type KernelPadding = 'valid' | number[][];

/** A window over height and width of images `[N, H, W, C]`. */
export interface PaddedImages {
  readonly images: Tensor;
  readonly height: WindowAxis;
  readonly width: WindowAxis;
}

/** Native TensorFlow's pooling and gradient kernels know `same` and `valid` only. */
const WITHOUT_EXPLICIT_PADDING: ReadonlySet<string> = new Set(['tensorflow']);

/** Padding of a window over height and width, given natively to the kernel so that no padded copy is made. */
export function explicitPadding(height: WindowAxis, width: WindowAxis): KernelPadding {
  if (!isPadded(height) && !isPadded(width)) return 'valid';
  return [
    [0, 0],
    [height.paddingBegin, height.paddingEnd],
    [width.paddingBegin, width.paddingEnd],
    [0, 0],
  ];
}

/** The images as they are; on a backend whose kernels cannot pad, a padded copy and a window that needs no padding. */
export function padWhereKernelsCannot({ images, height, width }: PaddedImages, value = 0): PaddedImages {
  if (kernelsCanPad(height, width)) return { images, height, width };
  return padImages({ images, height, width }, value);
}

/** False where padding is wanted and the backend's kernels take none. */
export function kernelsCanPad(height: WindowAxis, width: WindowAxis): boolean {
  return !WITHOUT_EXPLICIT_PADDING.has(getBackend()) || !(isPadded(height) || isPadded(width));
}

/** A copy of the images with `value` around, and the window over it. */
export function padImages({ images, height, width }: PaddedImages, value: number): PaddedImages {
  const rows: [number, number] = [height.paddingBegin, height.paddingEnd];
  const columns: [number, number] = [width.paddingBegin, width.paddingEnd];
  return {
    images: pad(images, [[0, 0], rows, columns, [0, 0]], value),
    height: withoutPadding(height),
    width: withoutPadding(width),
  };
}

/** The axis of an input that is padded already. */
export function withoutPadding(axis: WindowAxis): WindowAxis {
  const { inputSize, paddingBegin, paddingEnd } = axis;
  return { ...axis, inputSize: inputSize + paddingBegin + paddingEnd, paddingBegin: 0, paddingEnd: 0 };
}

function isPadded({ paddingBegin, paddingEnd }: WindowAxis): boolean {
  return paddingBegin > 0 || paddingEnd > 0;
}
