import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { DeferredValue } from '../../memory/tensor-record.ts';
import type { SimdBackend } from '../../simd-backend.ts';
import { elementwiseJob } from '../elementwise/elementwise-job.ts';
import { type PoolAttrs, placePooling, poolGeometry } from '../pool/place-pooling.ts';
import type { DeferredConvolution, PooledConvolution } from './deferred-convolution.ts';
import { deferredConvolution } from './fuse-into-convolution.ts';

/**
 * The gradient of a map that was max pooled when it was computed: all zeros but at the windows' winners. Kept as the
 * pooled gradient and the winners; the map is written only if someone asks for its elements.
 */
export class SparseGradient implements DeferredValue {
  readonly pooled: PooledConvolution;
  /** Gradient of the pooled map, `[N, outH, outW, C]`. */
  readonly dy: LinearBuffer;
  /** The convolution that was pooled. */
  readonly origin: DeferredConvolution;
  readonly #backend: SimdBackend;

  /** Takes over the caller's reference to `dy`. */
  constructor(
    backend: SimdBackend,
    parts: { pooled: PooledConvolution; dy: LinearBuffer; origin: DeferredConvolution },
  ) {
    this.#backend = backend;
    this.dy = parts.dy;
    this.origin = parts.origin;
    this.pooled = parts.pooled;
    parts.pooled.values.retain();
    parts.pooled.winners.retain();
  }

  materialize(): LinearBuffer {
    const { info, winners } = this.pooled;
    const dx = this.#backend.memoryPool.allocate(util.sizeFromShape(info.inShape) * 4);
    const shape = placePooling(this.#backend, info);
    this.#backend.run({
      kernel: 'sparseToDense',
      args: [shape.pointer, this.dy.pointer, winners.pointer, dx.pointer],
      tasks: info.batchSize * Math.ceil(info.inChannels / 16),
      work: util.sizeFromShape(info.inShape) * 2,
    });
    shape.release();
    return dx;
  }

  dispose(): void {
    this.dy.release();
    this.pooled.values.release();
    this.pooled.winners.release();
  }
}

/** The sparse gradient that `dy` stands for, where nobody has asked for its elements and `dy` has its shape. */
export function sparseGradient(backend: SimdBackend, dy: TensorInfo): SparseGradient | undefined {
  const { deferred } = backend.record(dy);
  if (!(deferred instanceof SparseGradient)) return undefined;
  return util.arraysEqual(dy.shape, deferred.pooled.info.inShape) ? deferred : undefined;
}

/** Gradient of a max pooling that was fused with the convolution `input`; `undefined` where it was not. */
export function fuseMaxPoolGrad(
  backend: SimdBackend,
  tensors: { dy: TensorInfo; input: TensorInfo },
  attrs: PoolAttrs,
): TensorInfo | undefined {
  const { dy, input } = tensors;
  const origin = deferredConvolution(backend, input);
  const pooled = origin?.pooled;
  if (!origin || !pooled || !sameWindows(pooled.info, poolGeometry(input.shape, attrs))) return undefined;
  const deferred = new SparseGradient(backend, { pooled, dy: backend.buffer(dy).retain(), origin });
  return backend.adopt(input.shape, 'float32', { deferred });
}

/**
 * Gradient of a ReLU whose output `y` was pooled when it was computed: stays sparse, because at a winner `y` is the
 * pooled value. `undefined` where that does not apply.
 */
export function fuseReluGrad(backend: SimdBackend, dy: TensorInfo, y: TensorInfo): TensorInfo | undefined {
  const sparse = sparseGradient(backend, dy);
  if (!sparse || deferredConvolution(backend, y) !== sparse.origin) return undefined;
  const { pooled, origin } = sparse;
  const size = util.sizeFromShape(pooled.info.outShape);
  const masked = backend.memoryPool.allocate(size * 4);
  const args = [sparse.dy.pointer, pooled.values.pointer, masked.pointer, size];
  backend.run(elementwiseJob('reluGrad', size, args));
  const deferred = new SparseGradient(backend, { pooled, dy: masked, origin });
  return backend.adopt(dy.shape, 'float32', { deferred });
}

function sameWindows(a: backend_util.Conv2DInfo, b: backend_util.Conv2DInfo): boolean {
  return (
    util.arraysEqual(a.outShape, b.outShape) &&
    a.filterHeight === b.filterHeight &&
    a.filterWidth === b.filterWidth &&
    a.strideHeight === b.strideHeight &&
    a.strideWidth === b.strideWidth &&
    a.padInfo.top === b.padInfo.top &&
    a.padInfo.left === b.padInfo.left
  );
}
