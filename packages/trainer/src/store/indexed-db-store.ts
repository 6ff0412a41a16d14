import { CnnError } from '@cnn/core';
import type { CheckpointStore } from './checkpoint-store.ts';

const FILES = 'files';
/** Chromium takes no more than 127 MiB as a value; a Blob may be as large as there is room. */
const LARGEST_VALUE_BYTES = 2 ** 26;

/**
 * Keeps checkpoints in the browser's IndexedDB, in pages and Workers. A write is a transaction: a tab that is closed
 * at any moment leaves the old bytes or the new ones. Name one database a run, so that runs do not see each other.
 *
 * @throws CnnError `unsupported` where there is no IndexedDB; `io` when it refuses, for example for want of space.
 */
export function indexedDbStore({ database }: { database: string }): CheckpointStore {
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => {
    opened ??= openDatabase(database);
    opened.catch(() => {
      opened = undefined; // storage that was refused may be granted later
    });
    return opened;
  };
  const run = async <Result>(
    mode: IDBTransactionMode,
    work: (files: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> => {
    const transaction = (await open()).transaction(FILES, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(FILES));
    await finished(transaction, database);
    return request.result;
  };
  return {
    async write(name, bytes) {
      const own = bytes.slice();
      const value = own.byteLength > LARGEST_VALUE_BYTES ? new Blob([own]) : own;
      await run('readwrite', (files) => files.put(value, name));
    },
    async read(name) {
      const found: unknown = await run('readonly', (files) => files.get(name));
      if (found instanceof Blob) return new Uint8Array(await found.arrayBuffer());
      return found instanceof Uint8Array ? found : undefined;
    },
    async remove(name) {
      await run('readwrite', (files) => files.delete(name));
    },
    async list() {
      const keys = await run('readonly', (files) => files.getAllKeys());
      return keys.map(String).sort();
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  if (typeof indexedDB === 'undefined') {
    throw new CnnError('unsupported', {
      where: 'indexedDbStore',
      expected: 'a browser with IndexedDB',
      received: 'none',
      remedy: 'Use memoryStore, or fileStore of @cnn/trainer/node',
    });
  }
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(refused(name, request.error));
    request.onblocked = () => reject(refused(name, 'another tab holds it open'));
  });
}

function finished(transaction: IDBTransaction, database: string): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(refused(database, transaction.error));
  });
}

function refused(database: string, cause: unknown): CnnError {
  const received = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new CnnError(
    'io',
    {
      where: `IndexedDB ${database}`,
      expected: 'to be opened and written',
      received,
      remedy: 'Free some space, or allow this page to store data',
    },
    { cause },
  );
}
