import type { WindowAxis } from '../shape/window-axis.ts';

/** Padding as kernels take it: `valid` for none, else before and after each axis of NHWC. */
export type KernelPadding = 'valid' | number[][];

/** Padding of a window over height and width, given natively to the kernel so that no padded copy is made. */
export function explicitPadding(height: WindowAxis, width: WindowAxis): KernelPadding {
  const rows = [height.paddingBegin, height.paddingEnd];
  const columns = [width.paddingBegin, width.paddingEnd];
  if ([...rows, ...columns].every((side) => side === 0)) return 'valid';
  return [[0, 0], rows, columns, [0, 0]];
}
