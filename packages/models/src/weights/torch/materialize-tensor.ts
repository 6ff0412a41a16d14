import type { HostTensor } from '@cnn/core';
import type { ByteBudget } from '../byte-budget.ts';
import { newHostArray, viewHostArray } from '../host-array.ts';
import { invalidWeightsFile } from '../invalid-weights-file.ts';
import type { TensorReference } from './tensor-reference.ts';

/** Where a checkpoint's storages lie and how their bytes are ordered. */
export interface StorageBytes {
  readonly where: string;
  /** All bytes of the storage with this key; at least `numel` elements. */
  read(tensor: TensorReference): Uint8Array;
  readonly bigEndian: boolean;
  readonly budget: ByteBudget;
}

/**
 * The values of a tensor, row-major: a view of the file where it is contiguous there, else a copy of its strided view.
 *
 * @throws CnnError `invalid-file` when it reaches outside its storage or needs more than the budget.
 */
export function materializeTensor(tensor: TensorReference, name: string, storages: StorageBytes): HostTensor {
  const { dtype, bytesPerElement } = tensor.storage.type;
  const shape = [...tensor.shape];
  const length = checkBounds(tensor, `${storages.where} (${name})`);
  if (length === 0) return { dtype, shape, data: newHostArray(dtype, 0) };
  const bytes = storages.read(tensor);
  const first = (tensor.storage.viewOffset + tensor.offset) * bytesPerElement;
  if (isContiguous(tensor) && !storages.bigEndian) {
    return { dtype, shape, data: viewHostArray(dtype, bytes.subarray(first, first + length * bytesPerElement)) };
  }
  storages.budget.take(length * bytesPerElement, `${storages.where} (${name})`);
  const data = newHostArray(dtype, length);
  const target = new Uint8Array(data.buffer);
  gather(bytes, target, { first, bytesPerElement, shape, stride: tensor.stride });
  if (storages.bigEndian) reverseEach(target, bytesPerElement);
  return { dtype, shape, data };
}

/** Elements of the tensor, once it is known that all lie within its storage. */
function checkBounds({ storage, offset, shape, stride }: TensorReference, where: string): number {
  if (shape.length !== stride.length || shape.length > 64) {
    throw invalidWeightsFile(where, 'a stride for each axis', `shape [${shape}] and strides [${stride}]`);
  }
  const length = shape.reduce((product, side) => product * side, 1);
  const last = shape.reduce((index, side, axis) => index + (side - 1) * (stride[axis] ?? 0), offset);
  const viewFits = storage.viewOffset + storage.viewNumel <= storage.numel;
  if (!Number.isSafeInteger(length) || (length > 0 && (!viewFits || !(last < storage.viewNumel)))) {
    throw invalidWeightsFile(
      where,
      `a tensor within its storage of ${storage.viewNumel} elements`,
      `shape [${shape.join(', ')}], strides [${stride.join(', ')}] from element ${offset}`,
      { remedy: 'Do not trust this file: it was damaged or tampered with' },
    );
  }
  return length;
}

function isContiguous({ shape, stride }: TensorReference): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis] ?? 1;
    if (side !== 1 && stride[axis] !== expected) return false;
    expected *= side;
  }
  return true;
}

/** Copies a strided view to `target` in row-major order, a byte at a time within an element. */
function gather(
  source: Uint8Array,
  target: Uint8Array,
  view: { first: number; bytesPerElement: number; shape: readonly number[]; stride: readonly number[] },
): void {
  const { bytesPerElement, shape, stride } = view;
  const index = shape.map(() => 0);
  let from = view.first;
  for (let to = 0; to < target.length; to += bytesPerElement) {
    for (let b = 0; b < bytesPerElement; b++) target[to + b] = source[from + b] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const step = (stride[axis] ?? 0) * bytesPerElement;
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        from += step;
        break;
      }
      index[axis] = 0;
      from -= step * (next - 1);
    }
  }
}

function reverseEach(bytes: Uint8Array, bytesPerElement: number): void {
  for (let start = 0; start < bytes.length; start += bytesPerElement) {
    bytes.subarray(start, start + bytesPerElement).reverse();
  }
}
