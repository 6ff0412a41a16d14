import { type ReferenceArray, zerosArray } from '../reference-array.ts';
import { forEachTap, type WindowAttributes, windowAxes } from './window.ts';

/** Attributes of a pooling operation. */
export interface PoolAttributes extends WindowAttributes {
  readonly filterSize: readonly [number, number];
}

interface Pooled {
  readonly value: ReferenceArray;
  /** Flat index into the input of each output's maximum: the first in row-major order among equals; -1 for none. */
  readonly winners: Int32Array;
}

/** Maximum of each window of `x` `[N, H, W, C]`. NaN is passed over, as tfjs-core's own tests demand. */
export function maxPool(x: ReferenceArray, attributes: PoolAttributes): ReferenceArray {
  return poolWithWinners(x, attributes).value;
}

/** The gradient of each window goes to its first maximum. */
export function maxPoolGradient(dy: ReferenceArray, x: ReferenceArray, attributes: PoolAttributes): ReferenceArray {
  const dx = zerosArray(x.shape);
  poolWithWinners(x, attributes).winners.forEach((winner, output) => {
    if (winner >= 0) dx.data[winner]! += dy.data[output]!;
  });
  return dx;
}

function poolWithWinners(x: ReferenceArray, attributes: PoolAttributes): Pooled {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const axes = windowAxes([height, width], attributes.filterSize, attributes);
  const value = zerosArray([batch, axes.rows.outputSide, axes.columns.outputSide, channels]);
  value.data.fill(Number.NEGATIVE_INFINITY);
  const winners = new Int32Array(value.data.length).fill(-1);
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      forEachTap(axes, ([oh, ow], [ih, iw]) => {
        const output = ((n * axes.rows.outputSide + oh) * axes.columns.outputSide + ow) * channels + c;
        const input = ((n * height + ih) * width + iw) * channels + c;
        if (x.data[input]! > value.data[output]!) {
          value.data[output] = x.data[input]!;
          winners[output] = input;
        }
      });
    }
  }
  return { value, winners };
}
