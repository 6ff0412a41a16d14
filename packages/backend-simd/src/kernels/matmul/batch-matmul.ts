import { BatchMatMul, broadcast_util, type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { multiply } from './multiply.ts';

export interface MatMulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** `a` `[..., M, K]` times `b` `[..., K, N]`, batches broadcast. Returns `[..., M, N]`. */
export const batchMatMul: KernelConfig = float32Kernel<{ a: TensorInfo; b: TensorInfo }, MatMulAttrs>(
  BatchMatMul,
  ({ inputs: { a, b }, attrs, backend }) => runMatMul(backend, { a, b, attrs }),
);

/** The product itself, with bias `[N]` and ReLU where given. */
export function runMatMul(
  backend: SimdBackend,
  product: { a: TensorInfo; b: TensorInfo; attrs: MatMulAttrs; bias?: TensorInfo; relu?: boolean },
): TensorInfo {
  const { a, b, bias, relu = false } = product;
  const { transposeA, transposeB } = product.attrs;
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [bDepth, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  util.assert(
    depth === bDepth,
    () => `Error in matMul: inner shapes (${depth}) and (${bDepth}) of Tensors with shapes ${a.shape} and ${b.shape}`,
  );
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const batch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const y = backend.output([...batch, rows, columns]);
  const aPointer = backend.pointer(a);
  const bPointer = backend.pointer(b);
  const biasPointer = bias ? backend.pointer(bias) : 0;
  const count = util.sizeFromShape(batch) * (rows * columns > 0 ? 1 : 0);
  for (let i = 0; i < count; i++) {
    multiply(backend, {
      a: aPointer + broadcastIndex(i, batch, aBatch) * rows * depth * 4,
      transposeA,
      b: bPointer + broadcastIndex(i, batch, bBatch) * depth * columns * 4,
      transposeB,
      bias: biasPointer,
      relu,
      y: y.pointer + i * rows * columns * 4,
      rows,
      depth,
      columns,
    });
  }
  return y.info;
}

/** Which matrix of a batch of shape `own` the `index`-th of the broadcast batch is made of. */
function broadcastIndex(index: number, batch: readonly number[], own: readonly number[]): number {
  const location = util.indexToLoc(index, batch.length, util.computeStrides([...batch]).concat(1));
  return own.reduce((flat, size, axis) => {
    const position = location[batch.length - own.length + axis] ?? 0;
    return flat * size + (size === 1 ? 0 : position);
  }, 0);
}
