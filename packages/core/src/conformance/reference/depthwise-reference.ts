import { type ReferenceArray, zerosArray } from '../reference-array.ts';
import { forEachTap, type WindowAttributes, windowAxes } from './window.ts';

/** Convolution of each channel of `x` `[N, H, W, C]` by its own `filter` `[kH, kW, C, M]`: output channel `c * M + m`. */
export function depthwiseConv2d(
  x: ReferenceArray,
  filter: ReferenceArray,
  attributes: WindowAttributes,
): ReferenceArray {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [kernelHeight, kernelWidth, , multiplier] = filter.shape as [number, number, number, number];
  const { rows, columns } = windowAxes([height, width], [kernelHeight, kernelWidth], attributes);
  const y = zerosArray([batch, rows.outputSide, columns.outputSide, channels * multiplier]);
  forEachProduct(x.shape, filter.shape, attributes, ({ input, weight, output }) => {
    y.data[output]! += x.data[input]! * filter.data[weight]!;
  });
  return y;
}

/** Gradient with respect to the input, of `shape` `[N, H, W, C]`. */
export function depthwiseInputGradient(
  dy: ReferenceArray,
  filter: ReferenceArray,
  { shape, ...attributes }: WindowAttributes & { shape: readonly number[] },
): ReferenceArray {
  const dx = zerosArray(shape);
  forEachProduct(shape, filter.shape, attributes, ({ input, weight, output }) => {
    dx.data[input]! += dy.data[output]! * filter.data[weight]!;
  });
  return dx;
}

/** Gradient with respect to the filter, of `shape` `[kH, kW, C, M]`. */
export function depthwiseFilterGradient(
  dy: ReferenceArray,
  x: ReferenceArray,
  { shape, ...attributes }: WindowAttributes & { shape: readonly number[] },
): ReferenceArray {
  const gradient = zerosArray(shape);
  forEachProduct(x.shape, shape, attributes, ({ input, weight, output }) => {
    gradient.data[weight]! += dy.data[output]! * x.data[input]!;
  });
  return gradient;
}

function forEachProduct(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: WindowAttributes,
  visit: (product: { input: number; weight: number; output: number }) => void,
): void {
  const [batch, height, width, channels] = inputShape as [number, number, number, number];
  const [kernelHeight, kernelWidth, , multiplier] = filterShape as [number, number, number, number];
  const axes = windowAxes([height, width], [kernelHeight, kernelWidth], attributes);
  for (let n = 0; n < batch; n++) {
    forEachTap(axes, ([oh, ow], [ih, iw], [kh, kw]) => {
      const pixel = (n * axes.rows.outputSide + oh) * axes.columns.outputSide + ow;
      for (let c = 0; c < channels; c++) {
        for (let m = 0; m < multiplier; m++) {
          visit({
            input: ((n * height + ih) * width + iw) * channels + c,
            weight: ((kh * kernelWidth + kw) * channels + c) * multiplier + m,
            output: (pixel * channels + c) * multiplier + m,
          });
        }
      }
    });
  }
}
