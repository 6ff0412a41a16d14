import { invalidWeightsFile } from '../invalid-weights-file.ts';
import { describePickleValue, PickleTuple, type PickleValue } from '../pickle/pickle-value.ts';
import { StorageReference } from './storage-reference.ts';
import { StorageType } from './storage-type.ts';

/**
 * The storage that a persistent id names: `('storage', type, key, device, numel)`, in legacy files with a sixth item,
 * the view `(key, offset, numel)` or None.
 *
 * @throws CnnError `invalid-file` for any other id.
 */
export function persistentStorage(id: PickleValue, where: string): StorageReference {
  const items = id instanceof PickleTuple ? id.items : [];
  const [tag, type, key, , numel, view = null] = items;
  if (tag !== 'storage' || !(type instanceof StorageType) || typeof key !== 'string' || !isCount(numel)) {
    const received = items.length > 0 ? items.map(describePickleValue).join(', ') : describePickleValue(id);
    throw invalidWeightsFile(where, "the persistent id ('storage', type, key, device, length)", received);
  }
  if (view === null) return new StorageReference(type, key, numel);
  const [, viewOffset, viewNumel] = view instanceof PickleTuple ? view.items : [];
  if (!isCount(viewOffset) || !isCount(viewNumel)) {
    throw invalidWeightsFile(where, 'a view (key, offset, length) of a storage', describePickleValue(view));
  }
  return new StorageReference(type, key, numel, { offset: viewOffset, numel: viewNumel });
}

function isCount(value: PickleValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
