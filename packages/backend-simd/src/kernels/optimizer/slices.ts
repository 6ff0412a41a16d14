import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';

/** Elements of one task of an optimizer kernel. */
const SLICE = 16_384;

/** The tensors that belong to one parameter. */
export interface UpdatedTensors {
  /** Updated in place. */
  readonly parameter: TensorInfo;
  readonly gradient: TensorInfo;
  /** Moments or momentum, updated in place. */
  readonly state: readonly TensorInfo[];
}

/** All parameters cut into slices of about the same size, as the table that assembly/optimizer/update.ts reads. */
export function sliceTable(
  backend: SimdBackend,
  updates: readonly UpdatedTensors[],
): { readonly table: readonly number[]; readonly tasks: number; readonly elements: number } {
  const table: number[] = [];
  let elements = 0;
  for (const { parameter, gradient, state } of updates) {
    const size = util.sizeFromShape(parameter.shape);
    const source = backend.pointer(gradient);
    const target = backend.pointerToUpdate(parameter);
    const [first = 0, second = 0] = state.map((tensor) => backend.pointerToUpdate(tensor));
    for (let start = 0; start < size; start += SLICE) {
      const offset = start * 4;
      table.push(
        target + offset,
        source + offset,
        first && first + offset,
        second && second + offset,
        Math.min(SLICE, size - start),
      );
    }
    elements += size;
  }
  return { table, tasks: table.length / 5, elements };
}
