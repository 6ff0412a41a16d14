import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';
import { runTranspose } from '../rearrange/transpose.ts';
import { type ReductionPlan, reductionPlan } from './reduction-plan.ts';

/** Numbers of the operations in assembly/reduction/reduce.ts. */
const OPERATION = { sum: 0, max: 1, min: 2 } as const;

/** Elements that one task folds. Fixed, so that the order of a sum does not depend on the number of threads. */
const CHUNK_ELEMENTS = 4096;
const MIN_CHUNK_ROWS = 16;

/** Attributes that the reducing kernels share. */
export interface ReduceOptions {
  readonly operation: keyof typeof OPERATION;
  readonly axes: number | number[];
  readonly keepDims: boolean;
  /** Divides a sum by the number of its terms. */
  readonly mean?: boolean;
}

/** Folds axes of a float32 tensor; `undefined` for a tensor without elements. */
export function reduce(backend: SimdBackend, x: TensorInfo, options: ReduceOptions): TensorInfo | undefined {
  const { keepDims, operation, mean = false } = options;
  if (util.sizeFromShape(x.shape) === 0) return undefined;
  const axes = util.parseAxisParam(options.axes, x.shape).sort((a, b) => a - b);
  const [keptShape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const shape = keepDims ? backend_util.expandShapeToKeepDim(keptShape, axes) : keptShape;
  const plan = reductionPlan(x.shape, axes);
  if (plan) {
    const divisor = mean ? plan.length : 1;
    return backend.adopt(shape, 'float32', {
      buffer: fold(backend, backend.pointer(x), { ...plan, operation, divisor }),
    });
  }
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const permuted = runTranspose(backend, x, [...kept, ...axes]);
  const result = reduce(backend, permuted, { ...options, axes: axes.map((_, i) => kept.length + i), keepDims: false });
  backend.disposeIntermediateTensorInfo(permuted);
  return result && { ...result, shape };
}

/** Folds the middle axis in chunks, and the chunks' results again until one is left. Returns `[outer, inner]`. */
function fold(
  backend: SimdBackend,
  pointer: number,
  request: ReductionPlan & { operation: keyof typeof OPERATION; divisor: number },
): LinearBuffer {
  let { length } = request;
  const { outer, inner, operation, divisor } = request;
  let source = pointer;
  let partials: LinearBuffer | undefined;
  for (;;) {
    const chunk = inner === 1 ? CHUNK_ELEMENTS : Math.max(MIN_CHUNK_ROWS, Math.ceil(CHUNK_ELEMENTS / inner));
    const chunks = Math.ceil(length / chunk);
    const target = backend.memoryPool.allocate(outer * chunks * inner * 4);
    const last = chunks === 1 ? divisor : 1;
    const args =
      inner === 1
        ? [OPERATION[operation], source, target.pointer, length, chunk, chunks, last]
        : [OPERATION[operation], source, target.pointer, length, inner, chunk, chunks, last];
    const kernel = inner === 1 ? 'reduceRows' : 'reduceColumns';
    backend.run({ kernel, args, tasks: outer * chunks, work: outer * length * inner });
    partials?.release();
    if (chunks === 1) return target;
    partials = target;
    source = target.pointer;
    length = chunks;
  }
}
