import type { HostTensor } from '@cnn/core';

/** Torch's class of a storage, which is the dtype of its elements. */
export class StorageType {
  readonly kind = 'a storage type';
  readonly dtype: HostTensor['dtype'];
  readonly bytesPerElement: number;

  constructor(dtype: HostTensor['dtype'], bytesPerElement: number) {
    this.dtype = dtype;
    this.bytesPerElement = bytesPerElement;
  }
}

const STORAGE_TYPES = new Map<string, StorageType>([
  ['FloatStorage', new StorageType('float32', 4)],
  ['DoubleStorage', new StorageType('float64', 8)],
  ['HalfStorage', new StorageType('float16', 2)],
  ['BFloat16Storage', new StorageType('bfloat16', 2)],
  ['LongStorage', new StorageType('int64', 8)],
  ['IntStorage', new StorageType('int32', 4)],
  ['ShortStorage', new StorageType('int16', 2)],
  ['CharStorage', new StorageType('int8', 1)],
  ['ByteStorage', new StorageType('uint8', 1)],
  ['BoolStorage', new StorageType('bool', 1)],
]);

/** By class name in `torch` or `torch.cuda`; `undefined` where there is no dtype of ours for it. */
export function storageTypeNamed(className: string): StorageType | undefined {
  return STORAGE_TYPES.get(className);
}
