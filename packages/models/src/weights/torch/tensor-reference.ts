import type { StorageReference } from './storage-reference.ts';

/** A strided view of a storage. Nothing of it has been checked against the storage's length. */
export class TensorReference {
  readonly kind = 'a tensor';
  readonly storage: StorageReference;
  /** First element, counted from the storage's start. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** Elements from one index to the next, an axis each. */
  readonly stride: readonly number[];

  constructor(storage: StorageReference, offset: number, shape: readonly number[], stride: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.stride = stride;
  }
}
