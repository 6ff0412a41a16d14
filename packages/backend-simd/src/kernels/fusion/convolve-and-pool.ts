import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { forwardPlan, isEmpty } from '../conv/conv2d-geometry.ts';
import { placePlan } from '../conv/convolution-plan.ts';
import { rowsPerTask } from '../conv/convolve.ts';
import { usesWinograd, winogradWeights } from '../conv/winograd.ts';
import { type PoolAttrs, placePooling, poolGeometry } from '../pool/place-pooling.ts';
import { packFilter } from './deferred-convolution.ts';
import { deferredConvolution } from './fuse-into-convolution.ts';

/** A winner's place is a byte, and 255 means none. */
const MOST_PLACES = 255;

/** Max pooling of a convolution that has not been computed: both in one kernel. `undefined` where that does not apply. */
export function fuseMaxPool(backend: SimdBackend, x: TensorInfo, attrs: PoolAttrs): TensorInfo | undefined {
  const convolution = deferredConvolution(backend, x);
  if (!convolution) return undefined;
  const pool = poolGeometry(x.shape, attrs);
  if (!canFuse(pool)) return undefined;
  const { parts } = convolution;
  const output = backend.output(pool.outShape);
  if (isEmpty(output.info)) return output.info;
  const size = pool.batchSize * pool.outHeight * pool.outWidth * pool.outChannels;
  const winners = backend.memoryPool.allocate(size);
  const poolRowsPerTask = Math.max(1, Math.floor(rowsPerTask(pool.inHeight, pool.inWidth) / pool.strideHeight));
  const convRows = (poolRowsPerTask - 1) * pool.strideHeight + pool.filterHeight;
  const direct = { ...forwardPlan(parts.info), rowsPerTask: Math.min(convRows, pool.inHeight) };
  const packed = packFilter(backend, parts);
  const transformed = usesWinograd(direct) ? winogradWeights(backend, direct, packed) : undefined;
  const plan = placePlan(backend, transformed ? { ...direct, transformedWeights: transformed.pointer } : direct);
  const shape = placePooling(backend, pool);
  const rowsOffset = plan.scratchBytes;
  backend.run({
    kernel: 'convolveAndPool',
    args: [
      ...[plan.pointer, shape.pointer, parts.input.pointer, packed.pointer, parts.bias?.pointer ?? 0],
      ...[parts.relu ? 0 : Number.NEGATIVE_INFINITY, output.pointer, winners.pointer, poolRowsPerTask, rowsOffset],
    ],
    tasks: pool.batchSize * Math.ceil(pool.outHeight / poolRowsPerTask),
    work: multiplyAdds(parts.info),
    scratchBytes: rowsOffset + convRows * pool.inWidth * pool.inChannels * 4,
  });
  packed.release();
  transformed?.release();
  shape.release();
  plan.buffer.release();
  convolution.keepPooled({ info: pool, values: backend.buffer(output.info), winners });
  return output.info;
}

/** Windows that overlap would need rows of the convolution twice. */
function canFuse(pool: backend_util.Conv2DInfo): boolean {
  const { filterHeight, filterWidth, strideHeight } = pool;
  return filterHeight <= strideHeight && filterHeight * filterWidth <= MOST_PLACES;
}

function multiplyAdds(info: backend_util.Conv2DInfo): number {
  const outputs = info.batchSize * info.outHeight * info.outWidth * info.outChannels;
  return outputs * info.filterHeight * info.filterWidth * info.inChannels;
}
