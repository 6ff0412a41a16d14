import { pad, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { Pair } from '../shape/pair.ts';

/**
 * A filter `[kH, kW, I, O]` with `dilation − 1` rows and columns of zeros between its own: a dense convolution by it
 * is the dilated one. For backends whose gradient kernels know no dilation.
 */
export function dilateFilter(filter: Tensor, dilation: Pair): Tensor {
  const [kernelHeight, kernelWidth, into, out] = filter.shape as [number, number, number, number];
  const [height, width] = [dilation[0] * (kernelHeight - 1) + 1, dilation[1] * (kernelWidth - 1) + 1];
  const rows = spread(reshape(filter, [1, kernelHeight, kernelWidth * into * out]), dilation[0]);
  const both = spread(reshape(rows, [height, kernelWidth, into * out]), dilation[1]);
  return reshape(both, [height, width, into, out]);
}

/** Undoes `dilateFilter`: every `dilation`-th row and column of `[H, W, I, O]`. */
export function undilateFilter(filter: Tensor, dilation: Pair): Tensor {
  const [height, width, into, out] = filter.shape as [number, number, number, number];
  const [kernelHeight, kernelWidth] = [(height - 1) / dilation[0] + 1, (width - 1) / dilation[1] + 1];
  const rows = gather(reshape(filter, [1, height, width * into * out]), dilation[0]);
  const both = gather(reshape(rows, [kernelHeight, width, into * out]), dilation[1]);
  return reshape(both, [kernelHeight, kernelWidth, into, out]);
}

/** `[outer, n, inner]` to `[outer, step·(n − 1) + 1, inner]`, zeros between. */
function spread(tensor: Tensor, step: number): Tensor {
  const [outer, n, inner] = tensor.shape as [number, number, number];
  if (step === 1) return tensor;
  const apart = pad(reshape(tensor, [outer * n, 1, inner]), [
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  return slice(reshape(apart, [outer, n * step, inner]), [0, 0, 0], [outer, step * (n - 1) + 1, inner]);
}

/** `[outer, step·(n − 1) + 1, inner]` to `[outer, n, inner]`. */
function gather(tensor: Tensor, step: number): Tensor {
  const [outer, size, inner] = tensor.shape as [number, number, number];
  if (step === 1) return tensor;
  const n = (size - 1) / step + 1;
  const even = pad(tensor, [
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  return reshape(slice(reshape(even, [outer * n, step, inner]), [0, 0, 0], [outer * n, 1, inner]), [outer, n, inner]);
}
