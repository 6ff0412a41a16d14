import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { forwardPlan } from '../conv/conv2d-geometry.ts';
import { placePlan } from '../conv/convolution-plan.ts';
import { placePooling } from '../pool/place-pooling.ts';
import { sumPartials } from '../tile/sum-partials.ts';
import { type SparseGradient, sparseGradient } from './sparse-gradient.ts';

const LISTED_CHANNELS = 16;
const SMALL_FILTER = 65_536;
/** Below this many tasks the images are split too, each group with a partial sum of its own. */
const WANTED_TASKS = 16;
const SUM_PARTS = 16;
const SOURCE_BYTES = 24_576;

/** Sum of a sparse gradient over batch, rows and columns: `[C]`, the gradient of a bias; else `undefined`. */
export function fuseSum(backend: SimdBackend, dy: TensorInfo, axes: number | number[]): TensorInfo | undefined {
  const sparse = sparseGradient(backend, dy);
  if (!sparse || !util.arraysEqual([...util.parseAxisParam(axes, dy.shape)].sort(), [0, 1, 2])) return undefined;
  const { info, winners } = sparse.pooled;
  const pixels = info.batchSize * info.outHeight * info.outWidth;
  const pixelsPerTask = Math.ceil(pixels / SUM_PARTS);
  const parts = Math.ceil(pixels / pixelsPerTask);
  const partials = backend.memoryPool.allocate(parts * info.outChannels * 4);
  const sum = backend.output([info.outChannels]);
  backend.run({
    kernel: 'sparseSum',
    args: [sparse.dy.pointer, winners.pointer, partials.pointer, pixels, info.outChannels, pixelsPerTask],
    tasks: parts,
    work: pixels * info.outChannels,
  });
  sumPartials(backend, { partials: partials.pointer, parts, sums: sum.pointer, size: info.outChannels });
  partials.release();
  return sum.info;
}

/** Gradient of a filter from a sparse gradient of the convolution's output. */
export function sparseFilterGradient(
  backend: SimdBackend,
  gradient: { x: TensorInfo; sparse: SparseGradient; info: backend_util.Conv2DInfo },
): TensorInfo {
  const { x, sparse, info } = gradient;
  const { batchSize, outChannels } = info;
  const pool = sparse.pooled.info;
  const poolRows = pooledRowsAtOnce(info, pool);
  const plan = placePlan(backend, { ...forwardPlan(info), rowsPerTask: coveredRows(pool, poolRows) });
  const size = util.sizeFromShape(info.filterShape);
  // All channels of an image in one task where their sums are small enough to be kept for each group of images.
  const channelsPerTask = size <= SMALL_FILTER ? outChannels : LISTED_CHANNELS;
  const blocks = Math.ceil(outChannels / channelsPerTask);
  const imagesPerGroup = Math.ceil(batchSize / Math.min(batchSize, Math.ceil(WANTED_TASKS / blocks)));
  const groups = Math.ceil(batchSize / imagesPerGroup);
  const output = backend.output(info.filterShape);
  const partials = backend.memoryPool.allocate(groups * size * 4);
  const shape = placePooling(backend, pool);
  const sumsBytes = channelsPerTask * plan.segments * (plan.segmentLength + 3) * 4;
  const listBytes = 1024 + 64 + LISTED_CHANNELS * (poolRows * pool.outWidth + 1) * 8;
  backend.run({
    kernel: 'sparseFilterGradient',
    args: [
      ...[plan.pointer, shape.pointer, backend.pointer(x), sparse.dy.pointer, sparse.pooled.winners.pointer],
      ...[partials.pointer, batchSize, imagesPerGroup, poolRows, channelsPerTask],
    ],
    tasks: groups * blocks,
    work: (util.sizeFromShape(pool.outShape) * size) / outChannels,
    scratchBytes: plan.scratchBytes + sumsBytes + listBytes,
  });
  sumPartials(backend, { partials: partials.pointer, parts: groups, sums: output.pointer, size });
  shape.release();
  partials.release();
  plan.buffer.release();
  return output.info;
}

/** Gradient of a convolution's input from a sparse gradient of its output. */
export function sparseInputGradient(
  backend: SimdBackend,
  gradient: { filter: TensorInfo; sparse: SparseGradient; info: backend_util.Conv2DInfo },
): TensorInfo {
  const { filter, sparse, info } = gradient;
  const pool = sparse.pooled.info;
  const plan = placePlan(backend, { ...forwardPlan(info), rowsPerTask: info.outHeight, padded: true });
  const dx = backend.output(info.inShape);
  const size = util.sizeFromShape(info.filterShape);
  const filters = backend.memoryPool.allocate(size * 4);
  const taps = size / info.outChannels;
  backend.run({
    kernel: 'transposeMatrix',
    args: [backend.pointer(filter), filters.pointer, taps, info.outChannels],
    tasks: info.outChannels,
    work: size,
  });
  const shape = placePooling(backend, pool);
  const places = pool.filterHeight * pool.filterWidth;
  backend.run({
    kernel: 'sparseInputGradient',
    args: [
      ...[plan.pointer, shape.pointer, sparse.dy.pointer, sparse.pooled.winners.pointer],
      ...[filters.pointer, dx.pointer],
    ],
    tasks: info.batchSize,
    work: util.sizeFromShape(pool.outShape) * taps,
    scratchBytes: plan.scratchBytes + 48 + pool.outWidth * ((places + 1) * (info.outChannels + 1) * 8 + 1024),
  });
  shape.release();
  filters.release();
  plan.buffer.release();
  return dx.info;
}

/** Pooled rows whose source rows fit half of a first-level cache together, 1 at least. */
function pooledRowsAtOnce(info: backend_util.Conv2DInfo, pool: backend_util.Conv2DInfo): number {
  const rowBytes = (info.inWidth + 2) * info.inChannels * 4;
  const rows = Math.floor(SOURCE_BYTES / rowBytes) - info.effectiveFilterHeight;
  const wanted = Math.min(pool.outHeight, Math.max(1, Math.floor(rows / (info.strideHeight * pool.strideHeight))));
  return Math.ceil(pool.outHeight / Math.ceil(pool.outHeight / wanted));
}

/** Rows of the map under `poolRows` pooled rows. */
function coveredRows(pool: backend_util.Conv2DInfo, poolRows: number): number {
  return Math.min(pool.inHeight, (poolRows - 1) * pool.strideHeight + pool.filterHeight);
}

/** The sparse gradient `dy` stands for, where it is one of this convolution's output. */
export function sparseGradientOf(
  backend: SimdBackend,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): SparseGradient | undefined {
  const sparse = sparseGradient(backend, dy);
  return sparse && util.arraysEqual(sparse.pooled.info.inShape, info.outShape) ? sparse : undefined;
}
