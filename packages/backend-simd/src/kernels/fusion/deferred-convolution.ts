import type { backend_util } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { DeferredValue } from '../../memory/tensor-record.ts';
import type { SimdBackend } from '../../simd-backend.ts';
import { forwardPlan } from '../conv/conv2d-geometry.ts';
import { convolve } from '../conv/convolve.ts';
import { packPanels } from '../tile/pack-panels.ts';

/** What a convolution is computed from. */
export interface ConvolutionParts {
  readonly info: backend_util.Conv2DInfo;
  readonly input: LinearBuffer;
  /** `[kH, kW, C, K]`. */
  readonly filter: LinearBuffer;
  /** `[K]`. */
  readonly bias: LinearBuffer | undefined;
  readonly relu: boolean;
}

/** What fused max pooling has left for the backward pass. */
export interface PooledConvolution {
  readonly info: backend_util.Conv2DInfo;
  /** Pooled values and the winners' places in their windows. */
  readonly values: LinearBuffer;
  readonly winners: LinearBuffer;
}

/**
 * A convolution, with bias and ReLU where they followed, that nobody has needed the elements of: max pooling computes
 * it together with itself and never writes the map. Holds its inputs until it is disposed.
 */
export class DeferredConvolution implements DeferredValue {
  readonly parts: ConvolutionParts;
  readonly #backend: SimdBackend;
  #pooled: PooledConvolution | undefined;

  constructor(backend: SimdBackend, parts: ConvolutionParts) {
    this.#backend = backend;
    this.parts = parts;
    parts.input.retain();
    parts.filter.retain();
    parts.bias?.retain();
  }

  /** The last fused pooling. */
  get pooled(): PooledConvolution | undefined {
    return this.#pooled;
  }

  /** Keeps what the backward pass of a fused pooling needs; takes a reference of its own to `values`. */
  keepPooled(pooled: PooledConvolution): void {
    this.#releasePooled();
    pooled.values.retain();
    this.#pooled = pooled;
  }

  materialize(): LinearBuffer {
    const { info, input, bias, relu } = this.parts;
    const { batchSize, outHeight, outWidth, outChannels } = info;
    const target = this.#backend.memoryPool.allocate(batchSize * outHeight * outWidth * outChannels * 4);
    if (target.sizeBytes === 0) return target;
    const packed = packFilter(this.#backend, this.parts);
    convolve(this.#backend, forwardPlan(info), {
      images: batchSize,
      source: input.pointer,
      packedWeights: packed,
      bias: bias?.pointer ?? 0,
      relu,
      target: target.pointer,
    });
    packed.release();
    return target;
  }

  dispose(): void {
    this.parts.input.release();
    this.parts.filter.release();
    this.parts.bias?.release();
    this.#releasePooled();
  }

  #releasePooled(): void {
    this.#pooled?.values.release();
    this.#pooled?.winners.release();
    this.#pooled = undefined;
  }
}

/** The weights in panels, kept until they change; the caller releases the block. */
export function packFilter(backend: SimdBackend, { info, filter }: ConvolutionParts): LinearBuffer {
  const { outChannels: columns } = info;
  const blockRows = info.filterHeight * info.filterWidth * info.inChannels;
  const matrix = { pointer: filter.pointer, blocks: [0], blockRows, columns, rowStride: columns, columnStride: 1 };
  return backend.derived(filter, `panels ${blockRows}x${columns}`, () => packPanels(backend, matrix));
}
