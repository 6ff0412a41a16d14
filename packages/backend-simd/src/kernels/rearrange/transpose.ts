import { type KernelConfig, type TensorInfo, Transpose } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { simdKernel } from '../simd-kernel.ts';
import { type CopyAxis, copyStrided, hasFourByteElements, mergeAxes, rowMajorStrides } from './strided-copy.ts';

const COLUMNS_PER_TASK = 16;

/** Axis `i` of the result is axis `perm[i]` of `x`. */
export const transpose: KernelConfig = simdKernel<{ x: TensorInfo }, { perm: number[] }>(
  Transpose,
  ({ inputs: { x }, attrs: { perm }, backend }) => runTranspose(backend, x, perm),
);

/** The transposition itself: by blocks where two runs of axes change places, else element by element. */
export function runTranspose(backend: SimdBackend, x: TensorInfo, perm: readonly number[]): TensorInfo {
  const shape = perm.map((axis) => x.shape[axis]!);
  if (!hasFourByteElements(x)) return plain(backend, x, perm);
  const y = backend.output(shape, x.dtype as 'float32' | 'int32');
  if (shape.includes(0)) return y.info;
  const [from, to] = [rowMajorStrides(x.shape), rowMajorStrides(shape)];
  const axes = mergeAxes(shape.map((side, i) => ({ side, source: from[perm[i]!]!, target: to[i]! })));
  const [source, target] = [backend.pointer(x), y.pointer];
  const matrices = asMatrices(axes);
  if (matrices) {
    const { count, rows, columns } = matrices;
    backend.run({
      kernel: 'transposeMatrices',
      args: [source, target, rows, columns, COLUMNS_PER_TASK],
      tasks: count * Math.ceil(columns / COLUMNS_PER_TASK),
      work: count * rows * columns,
    });
    return y.info;
  }
  if (copyStrided(backend, { source, target, axes })) return y.info;
  backend.disposeIntermediateTensorInfo(y.info);
  return plain(backend, x, perm);
}

/** `[count, rows, columns]` of the source, where the merged axes only exchange the last two. */
function asMatrices(axes: readonly CopyAxis[]): { count: number; rows: number; columns: number } | undefined {
  const [columns, rows] = axes.slice(-2);
  if (!columns || !rows || columns.source !== 1 || rows.source !== columns.side) return undefined;
  const batch = axes.slice(0, -2);
  const inOrder = batch.every(({ source, target }) => source === target);
  // Merged axes in their order are at most one.
  if (!inOrder || batch.length > 1) return undefined;
  return { count: batch[0]?.side ?? 1, rows: rows.side, columns: columns.side };
}

function plain(backend: SimdBackend, x: TensorInfo, perm: readonly number[]): TensorInfo {
  return runPlainKernel(Transpose, { inputs: { x }, attrs: { perm: [...perm] }, backend }) as TensorInfo;
}
