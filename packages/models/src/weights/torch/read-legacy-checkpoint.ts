import type { ByteBudget } from '../byte-budget.ts';
import { ByteCursor } from '../byte-cursor.ts';
import { invalidWeightsFile } from '../invalid-weights-file.ts';
import { describePickleValue, PickleTuple, type PickleValue } from '../pickle/pickle-value.ts';
import { type PickleEnvironment, unpickle } from '../pickle/unpickle.ts';
import type { ReadLimits } from '../read-limits.ts';
import type { TorchCheckpoint } from './checkpoint.ts';
import { persistentStorage } from './persistent-storage.ts';
import type { StorageReference } from './storage-reference.ts';
import { resolveTorchGlobal } from './torch-globals.ts';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/**
 * Reads what `torch.save` wrote before PyTorch 1.6: five pickles one after another (magic, protocol, system, object,
 * storage keys), then the storages in the order of the keys. Their bytes are little-endian whatever the system.
 *
 * @throws CnnError `invalid-file` for a damaged file.
 */
export function readLegacyCheckpoint(
  bytes: Uint8Array,
  where: string,
  { limits, budget }: { limits: Required<ReadLimits>; budget: ByteBudget },
): TorchCheckpoint {
  const cursor = new ByteCursor(bytes, where);
  const references = new Map<string, StorageReference>();
  const environment: PickleEnvironment = {
    resolveGlobal: (module, name) => resolveTorchGlobal(where, module, name),
    resolvePersistent: (id) => resolvePersistent(id, references, where),
    maxObjects: limits.maxPickleObjects,
  };
  requireEqual(unpickle(cursor, environment), MAGIC, `${where}: magic number`);
  requireEqual(unpickle(cursor, environment), PROTOCOL, `${where}: protocol`);
  unpickle(cursor, environment); // system: sizes of C types, of no use
  const root = unpickle(cursor, environment);
  const keys = unpickle(cursor, environment);
  const storages = readStorages(cursor, keys, references);
  const read = ({ storage }: { storage: StorageReference }) => {
    const data = storages.get(storage.key);
    if (data) return data;
    throw invalidWeightsFile(where, `the storage ${storage.key}`, 'none of that key');
  };
  return { root, storages: { where, budget, bigEndian: false, read } };
}

/** Besides storages, legacy files name containers: `('module', class, source file, source)`. */
function resolvePersistent(id: PickleValue, references: Map<string, StorageReference>, where: string): PickleValue {
  if (id instanceof PickleTuple && id.items[0] === 'module') return id.items[1] ?? null;
  const storage = persistentStorage(id, where);
  const known = references.get(storage.key);
  if (known && (known.numel !== storage.numel || known.type !== storage.type)) {
    throw invalidWeightsFile(where, `one length and type of the storage ${storage.key}`, 'two');
  }
  references.set(storage.key, storage);
  return storage;
}

function readStorages(
  cursor: ByteCursor,
  keys: PickleValue,
  references: ReadonlyMap<string, StorageReference>,
): Map<string, Uint8Array> {
  const { where } = cursor;
  if (!Array.isArray(keys)) throw invalidWeightsFile(where, 'a list of storage keys', describePickleValue(keys));
  const storages = new Map<string, Uint8Array>();
  for (const key of keys) {
    const storage = typeof key === 'string' ? references.get(key) : undefined;
    if (!storage || storages.has(storage.key)) {
      throw invalidWeightsFile(where, 'each storage of the object once', describePickleValue(key));
    }
    const numel = cursor.size();
    if (numel !== storage.numel) {
      throw invalidWeightsFile(where, `${storage.numel} elements in the storage ${storage.key}`, String(numel));
    }
    storages.set(storage.key, cursor.take(numel * storage.type.bytesPerElement));
  }
  return storages;
}

function requireEqual(value: PickleValue, expected: number | bigint, where: string): void {
  if (value !== expected) throw invalidWeightsFile(where, String(expected), describePickleValue(value));
}
