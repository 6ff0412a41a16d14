import type { StorageType } from './storage-type.ts';

/** A flat run of elements that tensors are views of, as a persistent id names it. */
export class StorageReference {
  readonly kind = 'a storage';
  readonly type: StorageType;
  /** Its key in the file. */
  readonly key: string;
  /** Elements of the whole storage. */
  readonly numel: number;
  /** First element that this view of the storage begins at, where it is one of another (legacy files). */
  readonly viewOffset: number;
  /** Elements of this view. */
  readonly viewNumel: number;

  constructor(type: StorageType, key: string, numel: number, view?: { offset: number; numel: number }) {
    this.type = type;
    this.key = key;
    this.numel = numel;
    this.viewOffset = view?.offset ?? 0;
    this.viewNumel = view?.numel ?? numel;
  }
}
