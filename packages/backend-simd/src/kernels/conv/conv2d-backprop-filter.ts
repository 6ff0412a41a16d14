import { Conv2DBackpropFilter, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { sparseFilterGradient, sparseGradientOf } from '../fusion/sparse-conv-gradients.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { sumPartials } from '../tile/sum-partials.ts';
import { type Conv2DAttrs, conv2DGeometry, forwardPlan, isChannelsFirst, isEmpty } from './conv2d-geometry.ts';
import { placePlan } from './convolution-plan.ts';

/** Below this many tasks the images are split too, each group with a partial sum of its own. */
const WANTED_TASKS = 8;

interface Attrs extends Conv2DAttrs {
  readonly filterShape: [number, number, number, number];
}

/** Gradient with respect to `filter` `[kH, kW, C, K]`, from `x` `[N, H, W, C]` and `dy` `[N, outH, outW, K]`. */
export const conv2dBackpropFilter: KernelConfig = float32Kernel<{ x: TensorInfo; dy: TensorInfo }, Attrs>(
  Conv2DBackpropFilter,
  ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs;
    if (isChannelsFirst(attrs) || isEmpty(x, dy)) {
      return runPlainKernel(Conv2DBackpropFilter, { inputs, attrs, backend });
    }
    const info = conv2DGeometry(x.shape, attrs.filterShape, attrs);
    const sparse = sparseGradientOf(backend, dy, info);
    if (sparse) return sparseFilterGradient(backend, { x, sparse, info });
    const { batchSize, outHeight, outWidth, inChannels, outChannels } = info;
    const placed = placePlan(backend, { ...forwardPlan(info), rowsPerTask: outHeight });
    const pixels = outHeight * outWidth;
    const taps = info.filterHeight * info.filterWidth * inChannels;
    const size = taps * outChannels;
    const tasks = Math.ceil(outChannels / 16) * (placed.gathered ? 1 : placed.segments);
    // A fixed number of groups, whatever the number of threads: the sums must not depend on it.
    const imagesPerGroup = Math.ceil(batchSize / Math.min(batchSize, Math.ceil(WANTED_TASKS / tasks)));
    const groups = Math.ceil(batchSize / imagesPerGroup);
    const gradient = backend.output(attrs.filterShape);
    const partials = groups > 1 ? backend.memoryPool.allocate(groups * size * 4) : undefined;
    const target = partials?.pointer ?? gradient.pointer;
    backend.run({
      kernel: 'convFilterGradient',
      args: [placed.pointer, backend.pointer(x), backend.pointer(dy), target, batchSize, imagesPerGroup],
      tasks: tasks * groups,
      work: batchSize * pixels * size,
      scratchBytes: placed.scratchBytes + outHeight * 4 + pixels * 64 + 64,
    });
    if (partials) {
      sumPartials(backend, { partials: partials.pointer, parts: groups, sums: gradient.pointer, size });
      partials.release();
    }
    placed.buffer.release();
    return gradient.info;
  },
);
