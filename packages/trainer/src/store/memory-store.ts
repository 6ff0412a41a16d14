import type { CheckpointStore } from './checkpoint-store.ts';

/** Keeps checkpoints in memory: gone with the process. */
export function memoryStore(): CheckpointStore {
  const files = new Map<string, Uint8Array>();
  return {
    async write(name, bytes) {
      files.set(name, bytes.slice());
    },
    async read(name) {
      return files.get(name)?.slice();
    },
    async remove(name) {
      files.delete(name);
    },
    async list() {
      return [...files.keys()].sort();
    },
  };
}
