import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { explicitPadding } from '../../kernels/explicit-padding.ts';
import type { WindowAxis } from '../../shape/window-axis.ts';

/** Largest value of each window over `x` `[N, H, W, C]`; padding counts as −∞. */
export function maxPool2dWindow(x: Tensor, height: WindowAxis, width: WindowAxis): Tensor {
  return engine().runKernel<Tensor>(
    'MaxPool',
    { x },
    {
      filterSize: [height.kernelSize, width.kernelSize],
      strides: [height.stride, width.stride],
      pad: explicitPadding(height, width),
      dimRoundingMode: 'floor',
    },
  );
}
