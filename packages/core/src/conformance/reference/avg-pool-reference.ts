import { type ReferenceArray, zerosArray } from '../reference-array.ts';
import type { PoolAttributes } from './max-pool-reference.ts';
import { forEachTap, windowAxes } from './window.ts';

/** Mean of each window of `x` `[N, H, W, C]` over the elements inside the image: padding does not count. */
export function avgPool(x: ReferenceArray, attributes: PoolAttributes): ReferenceArray {
  const { axes, outputShape, counts } = averageWindows(x.shape, attributes);
  const y = zerosArray(outputShape);
  forEachPair(x.shape, axes, ({ input, output, window }) => {
    y.data[output]! += x.data[input]! / counts[window]!;
  });
  return y;
}

/** Each window's gradient in equal parts to the elements it averaged; `shape` is the input's. */
export function avgPoolGradient(
  dy: ReferenceArray,
  { shape, ...attributes }: PoolAttributes & { shape: readonly number[] },
): ReferenceArray {
  const { axes, counts } = averageWindows(shape, attributes);
  const dx = zerosArray(shape);
  forEachPair(shape, axes, ({ input, output, window }) => {
    dx.data[input]! += dy.data[output]! / counts[window]!;
  });
  return dx;
}

type Axes = ReturnType<typeof windowAxes>;

function averageWindows(
  [batch, height, width, channels]: readonly number[],
  attributes: PoolAttributes,
): { axes: Axes; outputShape: number[]; counts: Int32Array } {
  const axes = windowAxes([height!, width!], attributes.filterSize, attributes);
  const counts = new Int32Array(axes.rows.outputSide * axes.columns.outputSide);
  forEachTap(axes, ([oh, ow]) => {
    counts[oh * axes.columns.outputSide + ow]!++;
  });
  return { axes, outputShape: [batch!, axes.rows.outputSide, axes.columns.outputSide, channels!], counts };
}

function forEachPair(
  inputShape: readonly number[],
  axes: Axes,
  visit: (pair: { input: number; output: number; window: number }) => void,
): void {
  const [batch, height, width, channels] = inputShape as [number, number, number, number];
  const windows = axes.rows.outputSide * axes.columns.outputSide;
  for (let n = 0; n < batch; n++) {
    forEachTap(axes, ([oh, ow], [ih, iw]) => {
      const window = oh * axes.columns.outputSide + ow;
      for (let c = 0; c < channels; c++) {
        const input = ((n * height + ih) * width + iw) * channels + c;
        visit({ input, output: (n * windows + window) * channels + c, window });
      }
    });
  }
}
