import type { Tensor } from '@tensorflow/tfjs-core';
import type { PairOption } from '../../shape/pair.ts';
import { AdaptiveAvgPool2d, type AdaptiveSize } from '../layers/adaptive-avg-pool2d.ts';
import { AvgPool2d, type AvgPool2dOptions } from '../layers/avg-pool2d.ts';
import { MaxPool2d, type MaxPool2dOptions } from '../layers/max-pool2d.ts';

/** Largest value of each window of `x` `[N, H, W, C]`. The function form of `MaxPool2d`. */
export function maxPool2d(x: Tensor, kernelSize: PairOption, options: MaxPool2dOptions = {}): Tensor {
  return new MaxPool2d(kernelSize, options).forward(x);
}

/** Mean of each window of `x` `[N, H, W, C]`. The function form of `AvgPool2d`. */
export function avgPool2d(x: Tensor, kernelSize: PairOption, options: AvgPool2dOptions = {}): Tensor {
  return new AvgPool2d(kernelSize, options).forward(x);
}

/** Mean over as many windows of `x` `[N, H, W, C]` as the output has pixels. The function form of `AdaptiveAvgPool2d`. */
export function adaptiveAvgPool2d(x: Tensor, outputSize: AdaptiveSize): Tensor {
  return new AdaptiveAvgPool2d(outputSize).forward(x);
}
