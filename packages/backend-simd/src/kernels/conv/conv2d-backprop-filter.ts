import {
  type backend_util,
  Conv2DBackpropFilter,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { sparseFilterGradient, sparseGradientOf } from '../fusion/sparse-conv-gradients.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { sumPartials } from '../tile/sum-partials.ts';
import { type Conv2DAttrs, conv2DGeometry, forwardPlan, isChannelsFirst, isEmpty } from './conv2d-geometry.ts';
import { placePlan } from './convolution-plan.ts';
import { usesWinogradFilterGradient, winogradFilterGradient } from './winograd-filter-gradient.ts';

/** Below this many tasks the images are split too, each group with a partial sum of its own. */
const WANTED_TASKS = 16;
/** Outputs taken at once: a panel of their gradients, 16 channels wide, fills a quarter of a first-level cache. */
const OUTPUTS_AT_ONCE = 128;

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
    const gradient = backend.output(attrs.filterShape);
    const call = { info, x, dy, gradient: gradient.pointer };
    if (!usesWinogradFilterGradient(info) || !winogradFilterGradient(backend, call)) tapByTap(backend, call);
    return gradient.info;
  },
);

function tapByTap(
  backend: SimdBackend,
  { info, x, dy, gradient }: { info: backend_util.Conv2DInfo; x: TensorInfo; dy: TensorInfo; gradient: number },
): void {
  const { batchSize, outHeight, outWidth, outChannels } = info;
  const rowsAtOnce = Math.min(outHeight, Math.max(1, Math.floor(OUTPUTS_AT_ONCE / outWidth)));
  const placed = placePlan(backend, { ...forwardPlan(info), rowsPerTask: rowsAtOnce });
  const size = util.sizeFromShape(info.filterShape);
  const panels = Math.ceil(outChannels / 16);
  // A fixed number of groups, whatever the number of threads: the sums must not depend on it.
  const imagesPerGroup = Math.ceil(batchSize / Math.min(batchSize, Math.ceil(WANTED_TASKS / panels)));
  const groups = Math.ceil(batchSize / imagesPerGroup);
  const partials = groups > 1 ? backend.memoryPool.allocate(groups * size * 4) : undefined;
  const target = partials?.pointer ?? gradient;
  const sumsOffset = roundUp(placed.scratchBytes + rowsAtOnce * 4 + rowsAtOnce * outWidth * 64 + 64);
  backend.run({
    kernel: 'convFilterGradient',
    args: [placed.pointer, backend.pointer(x), backend.pointer(dy), target, batchSize, imagesPerGroup, sumsOffset],
    tasks: panels * groups,
    work: batchSize * outHeight * outWidth * size,
    scratchBytes: sumsOffset + (size / outChannels) * 64,
  });
  if (partials) {
    sumPartials(backend, { partials: partials.pointer, parts: groups, sums: gradient, size });
    partials.release();
  }
  placed.buffer.release();
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
