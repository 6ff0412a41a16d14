import { type ReferenceArray, zerosArray } from '../reference-array.ts';
import { forEachTap, type WindowAttributes, windowAxes } from './window.ts';

/** Cross-correlation of `x` `[N, H, W, C]` with `filter` `[kH, kW, C, K]`, as deep learning calls convolution. */
export function conv2d(x: ReferenceArray, filter: ReferenceArray, attributes: WindowAttributes): ReferenceArray {
  const y = zerosArray(conv2dShape(x.shape, filter.shape, attributes));
  forEachProduct(x.shape, filter.shape, attributes, ({ input, weight, output }) => {
    y.data[output]! += x.data[input]! * filter.data[weight]!;
  });
  return y;
}

/** Gradient with respect to the input, of `shape` `[N, H, W, C]`. */
export function conv2dInputGradient(
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

/** Gradient with respect to the filter, of `shape` `[kH, kW, C, K]`. */
export function conv2dFilterGradient(
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

function conv2dShape(
  [batch, height, width]: readonly number[],
  [kernelHeight, kernelWidth, , filters]: readonly number[],
  attributes: WindowAttributes,
): number[] {
  const { rows, columns } = windowAxes([height!, width!], [kernelHeight!, kernelWidth!], attributes);
  return [batch!, rows.outputSide, columns.outputSide, filters!];
}

/** Visits every product of an input element and a weight, with the output element it is added to, by flat index. */
function forEachProduct(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: WindowAttributes,
  visit: (product: { input: number; weight: number; output: number }) => void,
): void {
  const [batch, height, width, channels] = inputShape as [number, number, number, number];
  const [kernelHeight, kernelWidth, , filters] = filterShape as [number, number, number, number];
  const axes = windowAxes([height, width], [kernelHeight, kernelWidth], attributes);
  const at = { input: 0, weight: 0, output: 0 };
  for (let n = 0; n < batch; n++) {
    forEachTap(axes, ([oh, ow], [ih, iw], [kh, kw]) => {
      const firstOutput = ((n * axes.rows.outputSide + oh) * axes.columns.outputSide + ow) * filters;
      const firstInput = ((n * height + ih) * width + iw) * channels;
      const firstWeight = (kh * kernelWidth + kw) * channels * filters;
      for (let c = 0; c < channels; c++) {
        for (let k = 0; k < filters; k++) {
          at.input = firstInput + c;
          at.weight = firstWeight + c * filters + k;
          at.output = firstOutput + k;
          visit(at);
        }
      }
    });
  }
}
