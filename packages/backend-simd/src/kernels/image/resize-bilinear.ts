import { type KernelConfig, ResizeBilinear, ResizeBilinearGrad, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';

interface ResizeAttrs {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

const WORK_PER_ELEMENT = 8;

/** Bilinear interpolation of `images` `[N, H, W, C]` at `size`. Returns float32 `[N, height, width, C]`. */
const resizeBilinear = float32Kernel<{ images: TensorInfo }, ResizeAttrs & { size: [number, number] }>(
  ResizeBilinear,
  ({ inputs: { images }, attrs, backend }) => {
    const [count, height, width, channels] = images.shape as [number, number, number, number];
    const [outHeight, outWidth] = attrs.size;
    const y = backend.output([count, outHeight, outWidth, channels]);
    backend.run({
      kernel: 'resizeBilinear',
      args: [
        ...[backend.pointer(images), y.pointer, height, width, channels, outHeight, outWidth],
        ...placement([height, width], [outHeight, outWidth], attrs),
      ],
      tasks: count * outHeight,
      work: util.sizeFromShape(y.info.shape) * WORK_PER_ELEMENT,
    });
    return y.info;
  },
);

/** Gradient of the interpolation; the cpu backend's ignores half pixel centres and swaps the sides of the result. */
const resizeBilinearGrad = simdKernel<{ images: TensorInfo; dy: TensorInfo }, ResizeAttrs>(
  ResizeBilinearGrad,
  ({ inputs: { images, dy }, attrs, backend }) => {
    const [count, height, width, channels] = images.shape as [number, number, number, number];
    const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
    const dx = backend.output(images.shape);
    backend.run({
      kernel: 'resizeBilinearGrad',
      args: [
        ...[backend.pointer(dy), dx.pointer, height, width, channels, outHeight, outWidth],
        ...placement([height, width], [outHeight, outWidth], attrs),
      ],
      tasks: count,
      work: util.sizeFromShape(dy.shape) * WORK_PER_ELEMENT,
    });
    return dx.info;
  },
);

/** Ratios of the sides and the shift of pixel centres, as the kernels take them. */
function placement(
  sides: readonly [number, number],
  outSides: readonly [number, number],
  { alignCorners, halfPixelCenters }: ResizeAttrs,
): number[] {
  const ratios = sides.map((side, axis) => {
    const outSide = outSides[axis]!;
    return alignCorners && outSide > 1 ? (side - 1) / (outSide - 1) : side / outSide;
  });
  return [...ratios, halfPixelCenters ? 0.5 : 0];
}

/** Kernels on images. */
export const imageKernels: readonly KernelConfig[] = [resizeBilinear, resizeBilinearGrad];
